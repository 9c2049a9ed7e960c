"""What is known about a customer, each piece with where it came from; and whom else the customer buys for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clothier.customers.models.people import Customer, Source


class Wearer(models.Model):
    """Somebody the customer buys for. A child's data needs its own consent."""

    class Relation(models.TextChoices):
        CHILD = "child", _("孩子")
        PARTNER = "partner", _("伴侣")
        PARENT = "parent", _("父母")
        FRIEND = "friend", _("朋友")
        GIFT = "gift", _("送礼对象")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="wearers", verbose_name=_("顾客"))
    relation = models.CharField(_("关系"), max_length=8, choices=Relation)
    sealed_name = models.TextField(_("称呼"), blank=True)
    added_at = models.DateTimeField(_("加入时间"))

    class Meta:
        verbose_name = _("穿着人")
        verbose_name_plural = _("穿着人")

    def __str__(self) -> str:
        return f"{self.get_relation_display()} #{self.pk}"


class Fact(models.Model):
    """One statement from one source. Said again it counts up instead of growing the list; contradicted it stays.

    `value` is plain for wardrobe matters and empty for vault fields, whose text is in `sealed`. `confidence` 0–100.
    """

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="facts", db_index=False, verbose_name=_("顾客")
    )
    wearer = models.ForeignKey(Wearer, on_delete=models.CASCADE, null=True, blank=True, related_name="facts")
    field = models.CharField(_("内容"), max_length=20)
    qualifier = models.CharField(_("品类或品牌"), max_length=40, blank=True)
    value = models.CharField(_("值"), max_length=80, blank=True)
    sealed = models.TextField(blank=True)
    digest = models.CharField(max_length=32)
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    source_ref = models.CharField(_("出处"), max_length=40, blank=True)
    confidence = models.PositiveSmallIntegerField(_("可信度"), default=80)
    times = models.PositiveIntegerField(_("次数"), default=1)
    occurred_at = models.DateTimeField(_("时间"))
    expires_at = models.DateTimeField(_("有效期至"), null=True, blank=True)
    recorded_by = models.BigIntegerField(_("记录人"), null=True)
    withdrawn_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    withdrawn_by = models.BigIntegerField(_("更正人"), null=True)

    class Meta:
        verbose_name = _("资料")
        verbose_name_plural = _("资料")
        constraints = [models.UniqueConstraint(fields=["customer", "digest", "source"], name="fact_once_a_source")]
        indexes = [
            models.Index(fields=["field", "value", "customer"], name="fact_value", condition=Q(withdrawn_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.field} #{self.pk}"

"""Tags: a shared vocabulary, put on people by hand, by rule or by a model."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clothier.customers.models.people import Customer


class Tag(models.Model):
    """A word of the chain's vocabulary. With a `rule` (a condition tree) it puts itself on and takes itself off."""

    slug = models.SlugField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=20, unique=True)
    name_en = models.CharField(_("英文名"), max_length=40, blank=True)
    rule = models.JSONField(_("规则"), null=True, blank=True)
    days = models.PositiveIntegerField(_("有效天数"), null=True, blank=True)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = _("标签")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag on a customer: from whom, how sure (0–100), until when."""

    class Origin(models.TextChoices):
        MANUAL = "manual", _("手工")
        RULE = "rule", _("规则")
        MODEL = "model", _("模型")

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="taggings", db_index=False, verbose_name=_("顾客")
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.PROTECT, related_name="taggings", db_index=False, verbose_name=_("标签")
    )
    origin = models.CharField(_("来源"), max_length=8, choices=Origin)
    confidence = models.PositiveSmallIntegerField(_("可信度"), default=100)
    actor_id = models.BigIntegerField(_("经办人"), null=True)
    added_at = models.DateTimeField(_("加入时间"))
    expires_at = models.DateTimeField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("顾客标签")
        verbose_name_plural = _("顾客标签")
        constraints = [models.UniqueConstraint(fields=["customer", "tag"], name="tagging_once")]
        indexes = [
            models.Index(fields=["tag", "customer"], name="tagging_tag"),
            models.Index(fields=["expires_at"], name="tagging_expiry", condition=Q(expires_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} → {self.customer_id}"

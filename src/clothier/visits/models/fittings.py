"""Trying on: a session in a fitting room and the pieces tried in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clothier.kernel.refs import Ref


class Fitting(models.Model):
    """A session, open until `closed_at`; one open session per visit and per room."""

    visit = models.ForeignKey("visits.Visit", on_delete=models.CASCADE, related_name="fittings", verbose_name=_("到店"))
    room = models.ForeignKey(
        "visits.Room", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("试衣间")
    )
    opened_at = models.DateTimeField(_("开始"))
    opened_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("员工")
    )
    closed_at = models.DateTimeField(_("结束"), null=True)
    closed_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("结束人")
    )
    rating = models.PositiveSmallIntegerField(_("评分"), null=True)

    class Meta:
        verbose_name = _("试穿")
        verbose_name_plural = _("试穿")
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(closed_at__isnull=True), name="fitting_open_once_a_visit"
            ),
            models.UniqueConstraint(
                fields=["room"],
                condition=Q(closed_at__isnull=True, room__isnull=False),
                name="fitting_open_once_a_room",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5), name="fitting_rating_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{_('试穿')} {self.pk}"

    @property
    def ref(self) -> Ref:
        return Ref("fitting", self.pk)


class FittingItem(models.Model):
    """A piece brought to the room; `outcome` is empty until the customer has tried it."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("留下")
        TOO_SMALL = "too_small", _("偏小")
        TOO_LARGE = "too_large", _("偏大")
        COLOUR = "colour", _("颜色")
        PRICE = "price", _("价格")
        FABRIC = "fabric", _("面料")
        CUT = "cut", _("版型")
        OTHER = "other", _("其他")

    class Reason(models.TextChoices):
        SHOULDERS = "shoulders", _("肩")
        CHEST = "chest", _("胸")
        WAIST = "waist", _("腰")
        HIPS = "hips", _("臀")
        SLEEVES = "sleeves", _("袖")
        LENGTH = "length", _("衣长")
        COLLAR = "collar", _("领口")
        FEEL = "feel", _("触感")

    fitting = models.ForeignKey(Fitting, on_delete=models.CASCADE, related_name="items", verbose_name=_("试穿"))
    sku_id = models.BigIntegerField(_("单品"))
    brought_at = models.DateTimeField(_("取来时间"))
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(_("原因"), max_length=10, choices=Reason, blank=True)
    tried_at = models.DateTimeField(_("试穿时间"), null=True)
    by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("员工")
    )

    class Meta:
        verbose_name = _("试穿单品")
        verbose_name_plural = _("试穿单品")
        constraints = [models.UniqueConstraint(fields=["fitting", "sku_id"], name="item_once_a_fitting")]
        indexes = [models.Index(fields=["sku_id", "-tried_at"], name="item_sku_time")]

    def __str__(self) -> str:
        return f"{self.sku_id} {self.get_outcome_display()}"

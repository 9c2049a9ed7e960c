"""What does not agree, and what people decided about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.settlement.contracts import DifferenceKind, DifferenceState

KIND_NAMES = {
    DifferenceKind.FEE: pgettext_lazy("difference", "手续费"),
    DifferenceKind.TIMING: pgettext_lazy("difference", "跨日"),
    DifferenceKind.MISSING_HERE: pgettext_lazy("difference", "我方没有"),
    DifferenceKind.MISSING_THERE: pgettext_lazy("difference", "对方没有"),
    DifferenceKind.DOUBLE: pgettext_lazy("difference", "重复"),
    DifferenceKind.AMOUNT: pgettext_lazy("difference", "金额不符"),
}
STATE_NAMES = {
    DifferenceState.OPEN: pgettext_lazy("difference", "待处理"),
    DifferenceState.EXPLAINED: pgettext_lazy("difference", "已自动解释"),
    DifferenceState.RESOLVED: pgettext_lazy("difference", "已处理"),
    DifferenceState.GONE: pgettext_lazy("difference", "已对上"),
}


class Difference(models.Model):
    """One thing on which two sides do not agree. Comparing again finds the same row by its key."""

    key = models.CharField(max_length=120, unique=True)
    side = models.CharField(_("对方"), max_length=12)
    kind = models.CharField(_("类型"), max_length=14, choices=[(k, KIND_NAMES[k]) for k in DifferenceKind])
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(s, STATE_NAMES[s]) for s in DifferenceState],
        default=DifferenceState.OPEN,
    )
    date = models.DateField(_("日期"))
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("门店")
    )
    method = models.CharField(_("方式"), max_length=12, blank=True)
    reference = models.CharField(_("商户单号"), max_length=64, blank=True)
    provider_reference = models.CharField(_("渠道单号"), max_length=64, blank=True)
    payment_id = models.BigIntegerField(_("收款"), null=True)
    ours_fen = models.BigIntegerField(_("我方金额"))
    theirs_fen = models.BigIntegerField(_("对方金额"))
    rows = models.PositiveIntegerField(_("行数"), default=1)
    owner_id = models.BigIntegerField(_("负责人"), null=True)
    found_at = models.DateTimeField(_("发现时间"))
    changed_at = models.DateTimeField(_("变化时间"))

    class Meta:
        verbose_name = _("差异")
        verbose_name_plural = pgettext_lazy("plural", "差异")
        indexes = [
            models.Index(fields=["state", "-id"], name="difference_queue"),
            models.Index(fields=["store", "date"], name="difference_open_day", condition=Q(state="open")),
            models.Index(fields=["side", "date"], name="difference_side_date"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def off_fen(self) -> int:
        """What we have more than they."""
        return self.ours_fen - self.theirs_fen


class Decision(models.Model):
    """What a person decided about a difference, and the sides as they stood then. Taken back, it stays readable."""

    class Reason(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("decision", "已补记")
        CLAIMED = "claimed", pgettext_lazy("decision", "已向渠道申诉")
        REFUNDED = "refunded", pgettext_lazy("decision", "已退给顾客")
        ACCEPTED = "accepted", pgettext_lazy("decision", "核实无误，接受")
        WRITTEN_OFF = "written_off", pgettext_lazy("decision", "核销")

    difference = models.ForeignKey(
        Difference, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("差异")
    )
    reason = models.CharField(_("处理方式"), max_length=12, choices=Reason)
    note = models.CharField(_("说明"), max_length=300)
    kind = models.CharField(_("当时类型"), max_length=14, choices=[(k, KIND_NAMES[k]) for k in DifferenceKind])
    ours_fen = models.BigIntegerField(_("当时我方金额"))
    theirs_fen = models.BigIntegerField(_("当时对方金额"))
    decided_at = models.DateTimeField(_("处理时间"))
    decided_by = models.BigIntegerField(_("处理人"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_by = models.BigIntegerField(_("撤销人"), null=True)

    class Meta:
        verbose_name = _("处理")
        verbose_name_plural = pgettext_lazy("plural", "处理")
        constraints = [
            models.UniqueConstraint(fields=["difference"], name="decision_stands_once", condition=Q(undone_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.difference_id} {self.reason}"


class Remark(models.Model):
    """A note somebody wrote while looking into a difference."""

    difference = models.ForeignKey(Difference, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("差异"))
    text = models.CharField(_("备注"), max_length=500)
    written_at = models.DateTimeField(_("时间"))
    written_by = models.BigIntegerField(_("填写人"), null=True)

    class Meta:
        verbose_name = _("差异备注")
        verbose_name_plural = pgettext_lazy("plural", "差异备注")

    def __str__(self) -> str:
        return f"{self.difference_id}"

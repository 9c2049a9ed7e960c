"""The points ledger: lots that expire, and entries that are only ever added. A lot holds what its entries add up to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.loyalty.contracts import PROGRAMME, EntryKind, Reason

KIND_NAMES = {
    EntryKind.EARN: pgettext_lazy("points", "购物"),
    EntryKind.GRANT: pgettext_lazy("points", "赠送"),
    EntryKind.SPEND: pgettext_lazy("points", "使用"),
    EntryKind.GIVE_BACK: pgettext_lazy("points", "退回"),
    EntryKind.REVERSE: pgettext_lazy("points", "退货扣回"),
    EntryKind.EXCHANGE: pgettext_lazy("points", "换货"),
    EntryKind.EXPIRE: pgettext_lazy("points", "到期"),
    EntryKind.SETTLE: pgettext_lazy("points", "抵扣欠分"),
    EntryKind.SHARE: pgettext_lazy("points", "家人使用"),
}
REASON_NAMES = {
    Reason.SUGGESTION: pgettext_lazy("grant", "建议被采纳"),
    Reason.BIRTHDAY: pgettext_lazy("grant", "生日"),
    Reason.GOODWILL: pgettext_lazy("grant", "致歉"),
    Reason.ACTIVITY: pgettext_lazy("grant", "活动"),
    Reason.REFERRAL: pgettext_lazy("grant", "推荐好友"),
    Reason.CORRECTION: pgettext_lazy("grant", "更正"),
}


class Lot(models.Model):
    """Points that were got together: they may be spent together and expire together.

    They stay with the record that got them. `remaining` is what the lot's entries add up to, below nothing when goods
    came back whose points were spent: a debt that the next points settle.
    """

    customer_id = models.BigIntegerField(_("顾客"))
    source = models.CharField(_("来源"), max_length=20)
    document = models.CharField(_("单号"), max_length=40)
    store_id = models.BigIntegerField(_("门店"), null=True)
    remaining = models.BigIntegerField(_("剩余积分"))
    matures_at = models.DateTimeField(_("可用时间"))
    expires_at = models.DateTimeField(_("到期时间"))

    class Meta:
        verbose_name = _("积分批次")
        verbose_name_plural = _("积分批次")
        constraints = [models.UniqueConstraint(fields=["document", "source"], name="lot_once")]
        indexes = [
            models.Index(fields=["customer_id", "expires_at"], name="lot_open", condition=~Q(remaining=0)),
            models.Index(fields=["expires_at"], name="lot_expiry", condition=Q(remaining__gt=0)),
            models.Index(fields=["customer_id"], name="lot_debt", condition=Q(remaining__lt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.document} {self.remaining}"


class Entry(models.Model):
    """One movement in one lot, never changed. The same line of the same document moves points once for each kind.

    `fen` is the money behind earned points (what came back for reversed ones) and `rate` hundredths of a point a yuan.
    `origin` is the entry that is taken back.
    """

    program = models.CharField(max_length=12, default=PROGRAMME)
    source = models.CharField(_("来源"), max_length=20)
    document = models.CharField(_("单号"), max_length=40)
    line = models.BigIntegerField(_("行"))
    kind = models.CharField(_("类型"), max_length=10, choices=[(kind, KIND_NAMES[kind]) for kind in EntryKind])
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="entries", verbose_name=_("积分批次"))
    customer_id = models.BigIntegerField(_("顾客"))
    points = models.BigIntegerField(_("积分"))
    fen = models.BigIntegerField(_("金额（分）"), default=0)
    rate = models.IntegerField(_("倍率"), default=0)
    campaign_id = models.BigIntegerField(pgettext_lazy("points", "活动"), null=True)
    origin = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back", db_index=False, verbose_name=_("原分录")
    )
    occurred_at = models.DateTimeField(_("时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("积分分录")
        verbose_name_plural = _("积分分录")
        constraints = [
            models.UniqueConstraint(fields=["document", "line", "kind", "source", "program"], name="entry_line_once"),
        ]
        indexes = [
            models.Index(fields=["customer_id", "-occurred_at", "-id"], name="entry_statement"),
            models.Index(fields=["origin"], name="entry_origin", condition=Q(origin__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.document}/{self.line} {self.kind} {self.points}"


class Grant(models.Model):
    """Points given by somebody, or by a rule, for a reason; `reference` is the number of what it was about."""

    customer_id = models.BigIntegerField(_("顾客"))
    points = models.PositiveIntegerField(_("积分"))
    reason = models.CharField(_("原因"), max_length=12, choices=[(reason, REASON_NAMES[reason]) for reason in Reason])
    reference = models.CharField(_("依据单号"), max_length=40, blank=True)
    key = models.CharField(max_length=80, unique=True)
    granted_at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("赠送积分")
        verbose_name_plural = _("赠送积分")
        indexes = [models.Index(fields=["actor_id", "granted_at"], name="grant_actor")]

    def __str__(self) -> str:
        return f"{self.reason} {self.points}"

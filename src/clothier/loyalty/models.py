"""The points ledger: lots that expire, and entries that are only ever added. A lot holds what its entries add up to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clothier.kernel import clock
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


class Membership(models.Model):
    """Where a person stands, on the row of the record that stands for the person (`live`).

    The row of a record that was merged into another rests until it is parted again.
    """

    customer_id = models.BigIntegerField(_("顾客"), primary_key=True)
    live = models.BooleanField(default=True)
    tier = models.CharField(_("等级"), max_length=40, blank=True)
    since = models.DateTimeField(_("自"), null=True)
    grace_until = models.DateTimeField(_("保级至"), null=True)
    qualifying_fen = models.BigIntegerField(_("评级消费（分）"), default=0)
    next_look_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("会员")
        verbose_name_plural = _("会员")
        indexes = [
            models.Index(fields=["next_look_at"], name="membership_due", condition=Q(live=True)),
            models.Index(fields=["tier", "customer_id"], name="membership_tier", condition=Q(live=True)),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.tier}"


class TierChange(models.Model):
    """A rise or a fall, never changed; "" is below the first tier."""

    customer_id = models.BigIntegerField(_("顾客"))
    was = models.CharField(_("原等级"), max_length=40, blank=True)
    tier = models.CharField(_("新等级"), max_length=40, blank=True)
    qualifying_fen = models.BigIntegerField(_("评级消费（分）"))
    changed_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("等级变动")
        verbose_name_plural = _("等级变动")
        indexes = [models.Index(fields=["customer_id", "-changed_at", "-id"], name="tier_change_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.was} → {self.tier}"


class Rereview(models.Model):
    """Everybody's tier is looked at from a moment on, because the house rules change, up to `reached` so far."""

    at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("重新评级")
        verbose_name_plural = _("重新评级")

    def __str__(self) -> str:
        return f"{self.at} {self.reached}"


class Campaign(models.Model):
    """A time in which orders earn more. What an order earned by it stays, however the campaign is edited later."""

    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    rule = models.JSONField(_("规则"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    created_by = models.BigIntegerField(_("创建人"), null=True)
    stopped_at = models.DateTimeField(_("停止时间"), null=True)
    stopped_by = models.BigIntegerField(_("停止人"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("points", "活动")
        verbose_name_plural = pgettext_lazy("points", "活动")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="campaign_lasts")]
        indexes = [models.Index(fields=["ends_at"], name="campaign_end", condition=Q(stopped_at__isnull=True))]

    def __str__(self) -> str:
        return self.name

    def shown_name(self) -> str:
        """In the reader's language, where it has a name in it."""
        return self.name_en or self.name if (get_language() or "").startswith("en") else self.name

    def is_running(self) -> bool:
        return self.stopped_at is None and self.starts_at <= clock.now() < self.ends_at

    def is_over(self) -> bool:
        return self.ends_at <= clock.now()


class MemberCard(models.Model):
    """Which secret a record's member code is made with; made anew, old codes and signed-in phones are worth nothing."""

    customer_id = models.BigIntegerField(_("顾客"), primary_key=True)
    generation = models.PositiveIntegerField(default=1)
    # The half minute whose code was the last to be used at a till: it, and what was shown before, is used up.
    used_window = models.BigIntegerField(default=0)
    renewed_at = models.DateTimeField(_("更换时间"), null=True)
    renewed_by = models.BigIntegerField(_("更换人"), null=True)

    class Meta:
        verbose_name = _("会员码")
        verbose_name_plural = _("会员码")

    def __str__(self) -> str:
        return f"{self.customer_id} #{self.generation}"


class MemberLink(models.Model):
    """A way into one customer's own page, shown by a colleague: for some minutes, for the first phone that opens it."""

    customer_id = models.BigIntegerField(_("顾客"))
    made_by = models.BigIntegerField(_("出示人"), null=True)
    made_at = models.DateTimeField(_("出示时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    opened_at = models.DateTimeField(_("打开时间"), null=True)

    class Meta:
        verbose_name = _("会员页链接")
        verbose_name_plural = _("会员页链接")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.expires_at}"


class DoorCode(models.Model):
    """Six digits sent to a member's verified phone: who says them within minutes is let into that member's page.

    Of the phone only its keyed hash is kept, of the digits theirs; both lie sealed until the message is on its way.
    """

    phone = models.CharField(max_length=32)
    customer_id = models.BigIntegerField(_("顾客"))
    digest = models.CharField(max_length=32)
    key = models.BinaryField(null=True)
    sealed = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(_("发出时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    tries = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    opened_at = models.DateTimeField(_("打开时间"), null=True)

    class Meta:
        verbose_name = _("登录验证码")
        verbose_name_plural = _("登录验证码")
        indexes = [models.Index(fields=["phone", "-id"], name="door_code_phone")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.expires_at}"


class ProgrammeDay(models.Model):
    """How the programme stood, counted anew through the day: members by tier, and points owed by when they expire."""

    day = models.DateField(_("日期"), primary_key=True)
    counted_at = models.DateTimeField(_("统计时间"))
    members = models.JSONField(_("各等级人数"))
    expiring = models.JSONField(_("各月到期积分"))
    pending = models.BigIntegerField(_("待生效"))
    debt = models.BigIntegerField(_("欠分"))

    class Meta:
        verbose_name = _("积分计划统计")
        verbose_name_plural = _("积分计划统计")

    def __str__(self) -> str:
        return f"{self.day}"


class Family(models.Model):
    """People who let each other use their points. The points stay in their owners' lots."""

    founded_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("家庭")
        verbose_name_plural = _("家庭")

    def __str__(self) -> str:
        return f"#{self.pk}"


class FamilyMember(models.Model):
    """Somebody's time in a family; one at a time. `share`: so many of their points the others may use a month."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members", verbose_name=_("家庭"))
    customer_id = models.BigIntegerField(_("顾客"))
    share = models.PositiveIntegerField(_("每月可给家人"), default=0)
    joined_at = models.DateTimeField(_("加入时间"))
    left_at = models.DateTimeField(_("离开时间"), null=True)

    class Meta:
        verbose_name = _("家庭成员")
        verbose_name_plural = _("家庭成员")
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id"], condition=Q(left_at__isnull=True), name="family_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.family_id}"


class FamilyInvitation(models.Model):
    """A code somebody of a family made, for one person who agrees within minutes."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+", verbose_name=_("家庭"))
    code = models.CharField(_("邀请码"), max_length=12, unique=True)
    made_by = models.BigIntegerField(_("邀请人"))
    made_at = models.DateTimeField(_("时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    used_at = models.DateTimeField(_("加入时间"), null=True)

    class Meta:
        verbose_name = _("家庭邀请")
        verbose_name_plural = _("家庭邀请")

    def __str__(self) -> str:
        return f"{self.family_id} {self.made_at}"


class FamilyUse(models.Model):
    """Points of a member that somebody else of the family spent: what the monthly share is counted from."""

    member = models.ForeignKey(FamilyMember, on_delete=models.PROTECT, related_name="uses", verbose_name=_("家庭成员"))
    spender = models.BigIntegerField(_("使用人"))
    source = models.CharField(_("来源"), max_length=20)
    document = models.CharField(_("单号"), max_length=40)
    points = models.PositiveIntegerField(_("积分"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("家人用分")
        verbose_name_plural = _("家人用分")
        constraints = [models.UniqueConstraint(fields=["member", "source", "document"], name="family_use_once")]
        indexes = [models.Index(fields=["member", "-at"], name="family_use_month")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.points}"

"""Money on its way: what is to be paid, every attempt to, what goes back, and everything a provider said."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.payments.contracts import LIVE, AttemptState, Cause, Method, PaymentState, RefundState
from clothier.payments.words import ATTEMPT_STATES, CAUSES, METHODS, PAYMENT_STATES, REFUND_STATES


class Payment(models.Model):
    """What is to be paid for one subject. `captured_fen` is what the captured attempts add up to; `refunded_fen` what
    was asked back of it and did not fail. Both change by conditional updates only.
    """

    key = models.CharField(max_length=80, unique=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("门店")
    )
    till_id = models.BigIntegerField(_("收银台"), null=True)
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    amount_fen = models.BigIntegerField(pgettext_lazy("money", "金额"))
    captured_fen = models.BigIntegerField(_("已收"), default=0)
    refunded_fen = models.BigIntegerField(_("已退"), default=0)
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s, PAYMENT_STATES[s]) for s in PaymentState], default=PaymentState.OPEN
    )
    opened_at = models.DateTimeField(_("时间"))
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("till", "收款")
        verbose_name_plural = pgettext_lazy("till", "收款")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_of_something"),
            models.CheckConstraint(
                condition=Q(captured_fen__gte=0, captured_fen__lte=F("amount_fen")), name="payment_captured_once"
            ),
            models.CheckConstraint(
                condition=Q(refunded_fen__gte=0, refunded_fen__lte=F("captured_fen")), name="payment_refund_capped"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="payment_subject"),
            models.Index(fields=["store", "opened_at"], name="payment_store_time"),
            models.Index(
                fields=["customer_id", "opened_at"],
                name="payment_customer_time",
                condition=Q(customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.subject_kind}:{self.subject_id}"


class Attempt(models.Model):
    """One try to bring money in by one method. Its number is ours at the provider and never used again.

    `captured_fen` is what came in by the provider's word: the payment's is the sum of its captured attempts'.
    `given_up_at`: the till went on without it; it is asked about until its fate is known. `fee_fen` is what the
    provider keeps by the house rules.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("收款"))
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("门店")
    )
    key = models.CharField(max_length=80)
    method = models.CharField(pgettext_lazy("pay", "方式"), max_length=12, choices=[(m, METHODS[m]) for m in Method])
    provider = models.CharField(max_length=12, blank=True)
    number = models.CharField(_("商户单号"), max_length=32, unique=True)
    provider_number = models.CharField(_("支付方单号"), max_length=64, blank=True)
    amount_fen = models.BigIntegerField(pgettext_lazy("money", "金额"))
    tendered_fen = models.BigIntegerField(_("实收现金"), default=0)
    captured_fen = models.BigIntegerField(_("已收"), default=0)
    refunded_fen = models.BigIntegerField(_("已退"), default=0)
    fee_fen = models.BigIntegerField(_("手续费"), default=0)
    months = models.PositiveSmallIntegerField(_("期数"), default=0)
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s, ATTEMPT_STATES[s]) for s in AttemptState], default=AttemptState.STARTED
    )
    cause = models.CharField(_("原因"), max_length=20, choices=[(c, CAUSES[c]) for c in Cause], blank=True)
    # The till scanned the customer's code; otherwise the customer scans ours, which is `show`.
    scanned = models.BooleanField(default=False)
    show = models.CharField(max_length=200, blank=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    started_at = models.DateTimeField(_("时间"))
    ended_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("付款尝试")
        verbose_name_plural = _("付款尝试")
        constraints = [
            models.UniqueConstraint(fields=["payment", "key"], name="attempt_key_once_a_payment"),
            models.UniqueConstraint(
                fields=["provider", "provider_number"],
                name="attempt_provider_number_once",
                condition=~Q(provider="") & ~Q(provider_number=""),
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="attempt_of_something"),
            models.CheckConstraint(
                condition=Q(refunded_fen__gte=0, refunded_fen__lte=F("captured_fen")), name="attempt_refund_capped"
            ),
        ]
        indexes = [
            models.Index(fields=["ask_at"], name="attempt_to_ask", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["store", "started_at"], name="attempt_store_time"),
            models.Index(fields=["started_at"], name="attempt_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.number}"

    @property
    def live(self) -> bool:
        return self.state in LIVE


class Refund(models.Model):
    """Money asked back of one payment, in parts to the methods it came by. `automatic`: the house asked. `allowance`:
    part of the price of goods that the customer keeps.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("收款"))
    key = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField(pgettext_lazy("money", "金额"))
    automatic = models.BooleanField(_("自动"), default=False)
    allowance = models.BooleanField(_("折让"), default=False)
    reason = models.CharField(_("原因"), max_length=80, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s, REFUND_STATES[s]) for s in RefundState], default=RefundState.REQUESTED
    )
    actor_id = models.BigIntegerField(_("员工"), null=True)
    requested_at = models.DateTimeField(_("时间"))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("退款")
        verbose_name_plural = _("退款")
        constraints = [
            models.UniqueConstraint(fields=["payment", "key"], name="refund_key_once_a_payment"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_of_something"),
        ]
        indexes = [models.Index(fields=["requested_at"], name="refund_time")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.amount_fen}"


class RefundPart(models.Model):
    """What one attempt gives back of a refund, under its own number at the provider.

    Money that came by hand (a transfer) goes back by hand: such a part waits for a person, who writes the reference.
    """

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="parts", verbose_name=_("退款"))
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="parts", verbose_name=_("付款尝试"))
    number = models.CharField(_("商户单号"), max_length=32, unique=True)
    provider_number = models.CharField(_("支付方单号"), max_length=64, blank=True)
    amount_fen = models.BigIntegerField(pgettext_lazy("money", "金额"))
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s, REFUND_STATES[s]) for s in RefundState], default=RefundState.REQUESTED
    )
    cause = models.CharField(_("原因"), max_length=20, choices=[(c, CAUSES[c]) for c in Cause], blank=True)
    requested_at = models.DateTimeField(_("时间"))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(_("经手人"), null=True)
    # Whose drawer cash was given out of.
    till_id = models.BigIntegerField(_("收银台"), null=True)
    ask_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("退款明细")
        verbose_name_plural = _("退款明细")
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_part_of_something")]
        indexes = [
            models.Index(fields=["ask_at"], name="refund_part_to_ask", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["ended_at"], name="refund_part_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount_fen}"


class Evidence(models.Model):
    """One request and its answer, or one notification, as it was, without secrets. Never changed, never removed."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("付款尝试"))
    part = models.ForeignKey(
        RefundPart, on_delete=models.PROTECT, null=True, related_name="evidence", verbose_name=_("退款明细")
    )
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(max_length=40)
    status = models.PositiveSmallIntegerField()
    asked = models.JSONField(default=dict)
    answered = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("往来凭证")
        verbose_name_plural = _("往来凭证")

    def __str__(self) -> str:
        return f"{self.verb} {self.status}"


class Notification(models.Model):
    """A verified notification, once for each number its provider gave it."""

    provider = models.CharField(max_length=12)
    number = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("支付通知")
        verbose_name_plural = _("支付通知")
        constraints = [models.UniqueConstraint(fields=["provider", "number"], name="notification_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.number}"


class Discrepancy(models.Model):
    """What a provider said that does not fit. It waits until somebody has looked and written what came of it."""

    class Kind(models.TextChoices):
        AFTER_END = "after_end", pgettext_lazy("discrepancy", "失败之后又说到账")
        TAKEN_BACK = "taken_back", pgettext_lazy("discrepancy", "到账之后又说失败")
        AMOUNT = "amount", pgettext_lazy("discrepancy", "金额不符")
        CURRENCY = "currency", pgettext_lazy("discrepancy", "币种不符")
        NUMBER = "number", pgettext_lazy("discrepancy", "一笔付款有两个支付方单号")
        STRANGER = "stranger", pgettext_lazy("discrepancy", "不认识的单号")
        SILENT = "silent", pgettext_lazy("discrepancy", "一直没有答复")
        REFUND = "refund", pgettext_lazy("discrepancy", "退款结果前后不一")

    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    provider = models.CharField(max_length=12)
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, null=True, related_name="discrepancies", verbose_name=_("付款尝试")
    )
    part = models.ForeignKey(
        RefundPart, on_delete=models.PROTECT, null=True, related_name="discrepancies", verbose_name=_("退款明细")
    )
    told = models.JSONField(default=dict)
    at = models.DateTimeField(_("时间"))
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(_("经手人"), null=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("支付差异")
        verbose_name_plural = _("支付差异")
        indexes = [models.Index(fields=["at"], name="discrepancy_open", condition=Q(settled_at__isnull=True))]

    def __str__(self) -> str:
        return self.get_kind_display()


class Flag(models.Model):
    """A risk rule that struck, with the figures it struck on. Nothing was held up; somebody looks and says why."""

    class Verdict(models.TextChoices):
        FINE = "fine", pgettext_lazy("risk", "没有问题")
        WATCH = "watch", pgettext_lazy("risk", "继续留意")
        ABUSE = "abuse", pgettext_lazy("risk", "确认滥用")

    rule = models.SlugField(max_length=40)
    # One flag for one rule, one whom and one day: a flood of the same is one thing to look at.
    key = models.CharField(max_length=80, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="flags", verbose_name=_("收款"))
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("门店")
    )
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    times = models.IntegerField(_("次数"), default=0)
    fen = models.BigIntegerField(pgettext_lazy("money", "金额"), default=0)
    raised_at = models.DateTimeField(_("时间"))
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.BigIntegerField(_("经手人"), null=True)
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("风险提示")
        verbose_name_plural = _("风险提示")
        indexes = [models.Index(fields=["raised_at"], name="flag_open", condition=Q(reviewed_at__isnull=True))]

    def __str__(self) -> str:
        return self.rule

"""Coupons, what was done with each, and the batches that brought them."""

from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.rewards.contracts import CouponState, Terms
from clothier.rewards.models.templates import Template

STATE_NAMES = {
    CouponState.OPEN: pgettext_lazy("coupon", "可用"),
    CouponState.RESERVED: pgettext_lazy("coupon", "结账中"),
    CouponState.REDEEMED: pgettext_lazy("coupon", "已使用"),
    CouponState.EXPIRED: pgettext_lazy("coupon", "已过期"),
    CouponState.WITHDRAWN: pgettext_lazy("coupon", "已作废"),
}


class Batch(models.Model):
    """Coupons for everybody of a segment, as it is while they go out. `reached` is the last person looked at."""

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("batch", "发放中")
        DONE = "done", pgettext_lazy("batch", "已发完")
        STOPPED = "stopped", pgettext_lazy("batch", "已停止")

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="batches", verbose_name=_("券模板"))
    segment_id = models.BigIntegerField(_("人群编号"))
    segment_version = models.PositiveIntegerField(_("人群版本"))
    reason = models.CharField(_("原因"), max_length=120)
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - unique, or none
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.RUNNING)
    problem = models.CharField(_("停下的原因"), max_length=200, blank=True)
    expected = models.PositiveIntegerField(_("预计人数"), default=0)
    reached = models.BigIntegerField(default=0)
    issued = models.PositiveIntegerField(_("已发"), default=0)
    skipped = models.PositiveIntegerField(_("跳过"), default=0)
    actor_id = models.BigIntegerField(_("经办人"), null=True)
    started_at = models.DateTimeField(_("开始"))
    finished_at = models.DateTimeField(_("结束"), null=True)

    class Meta:
        verbose_name = _("发券批次")
        verbose_name_plural = _("发券批次")
        indexes = [models.Index(fields=["id"], name="batch_running", condition=Q(state="running"))]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"


class Coupon(models.Model):
    """One coupon. Without a customer it is whoever's who bears its code.

    `document` is what it is reserved or was used for ("cart:7", "pos:3:T1-0034"), `off_fen` what that takes off.
    `key` says an issue once: repeated it is the same coupon.
    """

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="coupons", verbose_name=_("券模板"))
    code = models.CharField(_("券码"), max_length=12, unique=True)
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, null=True, related_name="coupons", db_index=False, verbose_name=_("发券批次")
    )
    reason = models.SlugField(_("发放缘由"), max_length=20, blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - unique, or none
    state = models.CharField(_("状态"), max_length=9, choices=list(STATE_NAMES.items()), default=CouponState.OPEN)
    valid_from = models.DateTimeField(_("生效时间"))
    valid_until = models.DateTimeField(_("失效"))
    document = models.CharField(_("单据"), max_length=80, blank=True)
    off_fen = models.BigIntegerField(_("减去（分）"), default=0)
    held_until = models.DateTimeField(_("保留至"), null=True)
    issued_at = models.DateTimeField(_("发放时间"))

    class Meta:
        verbose_name = _("优惠券")
        verbose_name_plural = _("优惠券")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "customer_id"], condition=Q(batch__isnull=False), name="coupon_once_a_batch"
            )
        ]
        indexes = [
            models.Index(
                fields=["customer_id", "state", "valid_until"],
                name="coupon_customer",
                condition=Q(customer_id__isnull=False),
            ),
            models.Index(fields=["document"], name="coupon_document", condition=~Q(document="")),
            models.Index(fields=["valid_until"], name="coupon_expiring", condition=Q(state="open")),
            models.Index(fields=["held_until"], name="coupon_held", condition=Q(state="reserved")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        return Ref("coupon", self.pk)

    @property
    def terms(self) -> Terms:
        return replace(self.template.terms, valid_from=self.valid_from, valid_until=self.valid_until)


class CouponStep(models.Model):
    """What was done with a coupon: who, when, for which document, what it took off, and why it was withdrawn."""

    class Kind(models.TextChoices):
        RESERVED = "reserved", pgettext_lazy("coupon", "用于结账")
        RELEASED = "released", pgettext_lazy("coupon", "退出结账")
        REDEEMED = "redeemed", pgettext_lazy("coupon", "已使用")
        TWICE = "twice", pgettext_lazy("coupon", "断网时重复使用")
        GIVEN_BACK = "given_back", pgettext_lazy("coupon", "退货退还")
        WITHDRAWN = "withdrawn", pgettext_lazy("coupon", "已作废")

    coupon = models.ForeignKey(Coupon, on_delete=models.CASCADE, related_name="steps", verbose_name=_("优惠券"))
    kind = models.CharField(_("动作"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("时间"))
    by_id = models.BigIntegerField(_("员工"), null=True)
    store_id = models.BigIntegerField(_("门店"), null=True)
    till = models.CharField(_("收银台"), max_length=40, blank=True)
    document = models.CharField(_("单据"), max_length=80, blank=True)
    off_fen = models.BigIntegerField(_("减去（分）"), default=0)
    offline = models.BooleanField(_("断网使用"), default=False)
    reason = models.CharField(_("原因"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("优惠券记录")
        verbose_name_plural = _("优惠券记录")
        indexes = [models.Index(fields=["till", "at"], name="coupon_step_offline", condition=Q(offline=True))]

    def __str__(self) -> str:
        return f"{self.coupon_id} {self.kind}"

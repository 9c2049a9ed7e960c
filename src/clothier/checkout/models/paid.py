"""What a sale was paid with, why each fen was taken off, and what went back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clothier.checkout.models.orders import Order, OrderLine


class Reduction(models.Model):
    """Fen that one cause took off one line: a promotion's key, a coupon's number; or that points paid of it."""

    class Kind(models.TextChoices):
        PROMOTION = "promotion", _("促销")
        COUPON = "coupon", _("优惠券")
        POINTS = "points", _("积分")

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="reductions", verbose_name=_("订单行"))
    kind = models.CharField(_("类型"), max_length=9, choices=Kind)
    key = models.CharField(_("来源"), max_length=40)
    fen = models.BigIntegerField(_("金额"))

    class Meta:
        verbose_name = _("优惠分摊")
        verbose_name_plural = _("优惠分摊")
        constraints = [models.UniqueConstraint(fields=["line", "kind", "key"], name="reduction_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.fen}"


class Tender(models.Model):
    """What an order was paid with: a payment, or points (no payment). Adds up to the order's total, signs and all.

    Goods exchanged take what was paid for them along: a line with less than nothing on the return, the same with more
    on the new sale. So over all orders a payment's tenders are what was captured less what was refunded.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="tenders", verbose_name=_("订单"))
    payment_id = models.BigIntegerField(_("支付"), null=True)
    method = models.CharField(_("方式"), max_length=12)
    fen = models.BigIntegerField(_("金额"))
    points = models.IntegerField(_("积分"), default=0)
    # The document the points were spent under: what goes back goes back to their lots.
    points_of = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("付款构成")
        verbose_name_plural = _("付款构成")
        indexes = [
            models.Index(fields=["payment_id"], name="tender_payment", condition=models.Q(payment_id__isnull=False)),
            models.Index(fields=["points_of"], name="tender_points", condition=~models.Q(points_of="")),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.fen}"


class Refund(models.Model):
    """Goods of a sale came back: which return this became, by whom and why. `key` makes a second tap find the first."""

    class Reason(models.TextChoices):
        UNWANTED = "unwanted", _("不想要了")
        SIZE = "size", _("尺码不合适")
        QUALITY = "quality", _("质量问题")
        WRONG = "wrong", _("拿错商品")
        OTHER = "other", _("其他")

    sale = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("原订单"))
    order = models.OneToOneField(
        Order, on_delete=models.PROTECT, null=True, related_name="refund", verbose_name=_("退货单")
    )
    # The new sale of an exchange.
    exchange = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, related_name="exchanged_for", verbose_name=_("换货单")
    )
    key = models.CharField(max_length=80, unique=True)
    reason = models.CharField(_("原因"), max_length=10, choices=Reason)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    at = models.DateTimeField(_("时间"))
    # What goes back to the customer: money, and the worth of points.
    fen = models.BigIntegerField(_("退款"))
    points = models.IntegerField(_("退回积分"), default=0)

    class Meta:
        verbose_name = _("退款")
        verbose_name_plural = _("退款")

    def __str__(self) -> str:
        return f"R{self.pk:08d}"

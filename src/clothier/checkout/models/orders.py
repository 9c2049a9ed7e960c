"""Orders as they happened: what was sold, taken back or cancelled, in fen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.checkout.contracts import LineKind, OrderKind

KIND_NAMES = {
    OrderKind.SALE: pgettext_lazy("order", "销售"),
    OrderKind.RETURN: pgettext_lazy("order", "退货"),
    OrderKind.CANCELLATION: pgettext_lazy("order", "取消"),
}
LINE_KIND_NAMES = {
    LineKind.GOODS: _("商品"),
    LineKind.DELIVERY: _("运费"),
    LineKind.FEE: _("手续费"),
    LineKind.DISCOUNT: _("折扣"),
    LineKind.VOUCHER: _("礼券"),
    LineKind.ADJUSTMENT: _("调整"),
}


class Order(models.Model):
    """One sale, return or cancellation, once for each (source, number); never changed afterwards.

    A source that tells one number in two pieces has two parts. `digest` answers whether a repeated telling is the same.
    """

    source = models.CharField(_("来源"), max_length=40)
    number = models.CharField(_("单号"), max_length=60)
    part = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=32)
    kind = models.CharField(_("类型"), max_length=12, choices=[(k, KIND_NAMES[k]) for k in OrderKind])
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("门店")
    )
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    visit_id = models.BigIntegerField(_("到店"), null=True)
    # The import run that brought it, so that a run can be told from another and taken back.
    batch = models.BigIntegerField(null=True)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    total_fen = models.BigIntegerField(_("合计"))
    goods_fen = models.BigIntegerField(_("商品金额"))
    pieces = models.IntegerField(_("件数"))
    margin_fen = models.BigIntegerField(_("毛利"), null=True)
    occurred_at = models.DateTimeField(_("时间"))
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("订单")
        verbose_name_plural = _("订单")
        constraints = [
            models.UniqueConstraint(fields=["source", "number", "part"], name="order_number_once_a_source"),
        ]
        indexes = [
            models.Index(fields=["store", "occurred_at"], name="order_store_time"),
            models.Index(
                fields=["customer_id", "-occurred_at", "-id"],
                name="order_customer_time",
                condition=models.Q(customer_id__isnull=False),
            ),
            models.Index(fields=["batch"], name="order_batch", condition=models.Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class OrderLine(models.Model):
    """One line as it was sold: the code and words of the day, whatever the catalogue says later."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", verbose_name=_("订单"))
    kind = models.CharField(_("类型"), max_length=10, choices=[(k, LINE_KIND_NAMES[k]) for k in LineKind])
    sku_id = models.BigIntegerField(_("单品"), null=True)
    code = models.CharField(_("款号"), max_length=60)
    description = models.CharField(_("名称"), max_length=200, blank=True)
    quantity = models.IntegerField(_("数量"))
    unit_price_fen = models.BigIntegerField(_("单价"))
    total_fen = models.BigIntegerField(_("小计"))
    cost_fen = models.BigIntegerField(_("成本"), null=True)
    returned_line = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="returns", db_index=False, verbose_name=_("原销售行")
    )

    class Meta:
        verbose_name = _("订单行")
        verbose_name_plural = _("订单行")
        indexes = [
            models.Index(fields=["sku_id"], name="line_sku", condition=models.Q(sku_id__isnull=False)),
            models.Index(
                fields=["returned_line"], name="line_returned", condition=models.Q(returned_line__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} × {self.quantity}"

"""A sale before it is one: the cart, what lies in it, and every correction until the money is there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref


class Cart(models.Model):
    """What a customer is about to buy, and to bring back. Its number is the number of the order it becomes.

    From the moment somebody pays, `priced` holds the price as it was agreed: what is completed is what was shown.
    """

    class Mode(models.TextChoices):
        PERSONAL = "personal", _("人工收银")
        SILENT = "silent", _("自助结账")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("cart", "选购中")
        SUSPENDED = "suspended", pgettext_lazy("cart", "已挂单")
        PAYING = "paying", pgettext_lazy("cart", "收款中")
        COMPLETED = "completed", pgettext_lazy("cart", "已完成")
        DROPPED = "dropped", pgettext_lazy("cart", "已取消")

    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("门店")
    )
    mode = models.CharField(_("方式"), max_length=8, choices=Mode, default=Mode.PERSONAL)
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.OPEN)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    visit_id = models.BigIntegerField(_("到店"), null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    points = models.PositiveIntegerField(_("用积分"), default=0)
    gift = models.BooleanField(_("礼品小票"), default=False)
    label = models.CharField(_("挂单备注"), max_length=40, blank=True)
    opened_at = models.DateTimeField(_("开单时间"))
    changed_at = models.DateTimeField(_("更新时间"))
    # Which till it was paid at: its drawer holds the cash.
    till_id = models.BigIntegerField(_("收银台"), null=True)
    priced = models.JSONField(null=True)
    order = models.OneToOneField(
        "checkout.Order", on_delete=models.PROTECT, null=True, related_name="cart", verbose_name=_("订单")
    )

    class Meta:
        verbose_name = _("购物车")
        verbose_name_plural = _("购物车")
        indexes = [
            models.Index(
                fields=["store", "-changed_at"],
                name="cart_here",
                condition=~models.Q(state="completed") & ~models.Q(state="dropped"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the receipt says; one for each cart, whatever happens."""
        return f"T{self.pk:08d}"

    @property
    def ref(self) -> Ref:
        return Ref("cart", self.pk)


class CartLine(models.Model):
    """Pieces of one SKU. `goods` is what offers ask for; `listed_fen` what the catalogue said when it was scanned."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines", verbose_name=_("购物车"))
    sku_id = models.BigIntegerField(_("单品"))
    code = models.CharField(_("款号"), max_length=64)
    description = models.CharField(_("名称"), max_length=200)
    goods = models.JSONField()
    quantity = models.PositiveIntegerField(_("数量"))
    unit_price_fen = models.BigIntegerField(_("单价"))
    listed_fen = models.BigIntegerField(_("吊牌价"))
    cost_fen = models.BigIntegerField(_("成本"), null=True)
    wearer_id = models.BigIntegerField(_("穿着者"), null=True)
    added_at = models.DateTimeField(_("加入时间"))

    class Meta:
        verbose_name = _("购物车商品")
        verbose_name_plural = _("购物车商品")
        constraints = [
            models.UniqueConstraint(fields=["cart", "sku_id"], name="cart_line_once_a_sku"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="cart_line_some"),
            models.CheckConstraint(condition=models.Q(unit_price_fen__gte=0), name="cart_line_price"),
        ]

    def __str__(self) -> str:
        return f"{self.code} × {self.quantity}"


class CartReturn(models.Model):
    """Pieces of an earlier sale that come back in exchange."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="returns", verbose_name=_("购物车"))
    line = models.ForeignKey(
        "checkout.OrderLine", on_delete=models.PROTECT, related_name="+", verbose_name=_("原销售行")
    )
    quantity = models.PositiveIntegerField(_("数量"))
    reason = models.CharField(_("原因"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("换回商品")
        verbose_name_plural = _("换回商品")
        constraints = [
            models.UniqueConstraint(fields=["cart", "line"], name="cart_return_once_a_line"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="cart_return_some"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} × {self.quantity}"


class CartCoupon(models.Model):
    """A coupon laid on the cart, in the order they are reckoned."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="coupons", verbose_name=_("购物车"))
    coupon_id = models.BigIntegerField(_("优惠券"))

    class Meta:
        verbose_name = _("购物车优惠券")
        verbose_name_plural = _("购物车优惠券")
        constraints = [models.UniqueConstraint(fields=["cart", "coupon_id"], name="cart_coupon_once")]

    def __str__(self) -> str:
        return str(self.coupon_id)


class Confirmation(models.Model):
    """The customer said yes to the goods, the discounts or the amount. A change of the cart takes it away again."""

    class What(models.TextChoices):
        GOODS = "goods", _("商品")
        DISCOUNTS = "discounts", _("优惠")
        AMOUNT = "amount", _("金额")

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="confirmations", verbose_name=_("购物车"))
    what = models.CharField(_("确认"), max_length=9, choices=What)
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("员工"), null=True)
    fen = models.BigIntegerField(_("当时应付"))

    class Meta:
        verbose_name = _("确认")
        verbose_name_plural = _("确认")
        constraints = [models.UniqueConstraint(fields=["cart", "what"], name="confirmed_once")]

    def __str__(self) -> str:
        return self.get_what_display()


class Correction(models.Model):
    """Something in a cart was made less or cheaper before payment: what it was, what it is, by whom and why."""

    class What(models.TextChoices):
        QUANTITY = "quantity", _("改数量")
        REMOVED = "removed", _("移除")
        PRICE = "price", _("改价")

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("购物车"))
    what = models.CharField(_("更正"), max_length=8, choices=What)
    sku_id = models.BigIntegerField(_("单品"))
    before = models.BigIntegerField(_("更正前"))
    after = models.BigIntegerField(_("更正后"))
    reason = models.CharField(_("原因"), max_length=20, blank=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.sku_id}"

"""What the customer takes along: copies of the receipt, and invoices with the titles they were made out to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.checkout.models.orders import Order
from clothier.kernel.refs import Ref


class ReceiptCopy(models.Model):
    """One printing of a receipt: the first is the receipt, every other one says that it is a reprint."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="copies", verbose_name=_("订单"))
    number = models.PositiveSmallIntegerField(_("第几次"))
    gift = models.BooleanField(_("礼品小票"), default=False)
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("员工"), null=True)

    class Meta:
        verbose_name = _("小票打印")
        verbose_name_plural = _("小票打印")
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="copy_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number}"


class Title(models.TextChoices):
    PERSONAL = "personal", _("个人")
    COMPANY = "company", _("单位")


class InvoiceTitle(models.Model):
    """Whom a member had invoices made out to, to be offered again. A personal name is sealed with the row's own key."""

    customer_id = models.BigIntegerField(_("顾客"))
    kind = models.CharField(_("类型"), max_length=8, choices=Title)
    digest = models.CharField(max_length=32)
    key = models.BinaryField(null=True)
    sealed_title = models.TextField(_("抬头"))
    tax_number = models.CharField(_("税号"), max_length=20, blank=True)
    used_at = models.DateTimeField(_("最近使用"))

    class Meta:
        verbose_name = _("发票抬头")
        verbose_name_plural = _("发票抬头")
        constraints = [models.UniqueConstraint(fields=["customer_id", "digest"], name="title_once_a_customer")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Invoice(models.Model):
    """An invoice asked for, and what became of it. One that lives for each order."""

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("invoice", "待开")
        ISSUED = "issued", pgettext_lazy("invoice", "已开")
        WITHDRAWN = "withdrawn", pgettext_lazy("invoice", "已撤回")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("订单"))
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.REQUESTED)
    kind = models.CharField(_("类型"), max_length=8, choices=Title)
    fen = models.BigIntegerField(_("金额"))
    # What is sealed opens with this key alone; dropping it is erasure.
    key = models.BinaryField(null=True)
    sealed_title = models.TextField(_("抬头"))
    sealed_email = models.TextField(_("邮箱"), blank=True)
    tax_number = models.CharField(_("税号"), max_length=20, blank=True)
    requested_at = models.DateTimeField(_("申请时间"))
    actor_id = models.BigIntegerField(_("员工"), null=True)
    issued_at = models.DateTimeField(_("开具时间"), null=True)
    number = models.CharField(_("发票号码"), max_length=40, blank=True)
    address = models.URLField(_("下载地址"), blank=True)
    cause = models.CharField(_("未开原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("发票")
        verbose_name_plural = _("发票")
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(state__in=["requested", "issued"]), name="invoice_once_an_order"
            ),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="invoice_number_once"),
        ]
        indexes = [models.Index(fields=["requested_at"], name="invoice_waiting", condition=models.Q(state="requested"))]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("invoice", self.pk)

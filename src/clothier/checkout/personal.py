"""Who bought what, by number."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    DUTY,
    EMPLOYEE,
    EMPLOYMENT,
    FLOOR,
    KEEPERS,
    KEY_DROPPED,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

holds(
    "checkout.Order",
    what=_("哪位顾客（编号）什么时候在哪家店买了或退了多少钱，由谁经手"),
    whose=CUSTOMER,
    why=_("履行买卖，退换有据"),
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=FLOOR,
    reads=("timeline",),
)
nobodys("checkout.OrderLine", "code description")
nobodys("checkout.CartLine", "code description goods")
nobodys("checkout.Reduction", "key")
nobodys("checkout.Tender", "method points_of")
holds(
    "checkout.Cart",
    what=_("哪位顾客（编号）正在买什么、用多少积分，由谁经手，以及挂单时的备注"),
    whose=CUSTOMER,
    why=_("履行买卖，退换有据"),
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=FLOOR,
)
for _model, _what in (
    ("checkout.Confirmation", _("由谁与顾客确认了商品、优惠和金额")),
    ("checkout.Correction", _("由谁在付款前改了件数或价格，原因是什么")),
    ("checkout.Refund", _("由谁办理了退换，原因是什么")),
):
    holds(
        _model, what=_what, whose=EMPLOYEE, why=_("出错时能说清经过"), basis=EMPLOYMENT, kept=WHILE_EMPLOYED,
        readers=KEEPERS,
    )  # fmt: skip
nobodys("checkout.CartReturn", "reason")
holds(
    "checkout.InvoiceTitle",
    what=_("会员用过的发票抬头和税号"),
    whose=CUSTOMER,
    why=_("下次开票不用重填"),
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=FLOOR,
    sealed=True,
)
holds(
    "checkout.Invoice",
    what=_("发票开给谁、寄到哪个邮箱，由谁经手"),
    whose=CUSTOMER,
    why=_("开具发票"),
    basis=DUTY,
    kept=KEY_DROPPED,
    readers=FLOOR,
    sealed=True,
)
holds(
    "checkout.ReceiptCopy",
    what=_("小票由谁在什么时候打印"),
    whose=EMPLOYEE,
    why=_("防止同一件商品凭两张小票退两次"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=KEEPERS,
)

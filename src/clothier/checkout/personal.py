"""Who bought what, by number."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    FLOOR,
    KEEPERS,
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

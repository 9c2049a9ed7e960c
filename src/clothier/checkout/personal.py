"""Who bought what, by number."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import CONTRACT, CUSTOMER, FLOOR, NUMBERS_STAY, holds, nobodys

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

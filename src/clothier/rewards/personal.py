"""Who was given what, by number."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    FLOOR,
    HEAD,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

holds(
    "rewards.Coupon",
    what=_("哪位顾客（编号）有哪张券，用在哪一单"),
    whose=CUSTOMER,
    why=_("兑现给顾客的优惠，账目可查"),
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=FLOOR,
    reads=("timeline",),
)
for _model, _columns in {
    "rewards.CouponStep": "reason",
    "rewards.TemplateStep": "reason",
    "rewards.Batch": "reason",
}.items():
    holds(
        _model,
        _columns,
        what=_("谁经手发券、核销和停发，为什么"),
        whose=EMPLOYEE,
        why=_("优惠的发放有人负责"),
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=HEAD,
    )
nobodys("rewards.Template", "name name_en goods stores")
nobodys("rewards.TemplateDay", "day")
nobodys("rewards.Batch", "key problem")
nobodys("rewards.CouponStep", "till document")

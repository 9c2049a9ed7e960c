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

for _model, _what in {
    "rewards.Coupon": _("哪位顾客（编号）有哪张券，用在哪一单"),
    "rewards.Exchange": _("哪位顾客（编号）用积分换了什么"),
    "rewards.ParkingCredit": _("哪位顾客（编号）有几小时免费停车"),
    "rewards.ParkingUse": _("哪位顾客（编号）什么时候用了几小时免费停车"),
    "rewards.BirthdayGift": _("哪位顾客（编号）哪一年领了生日礼，由谁发放"),
    "rewards.Draw": _("哪位顾客（编号）抽到什么，由谁发放"),
}.items():
    holds(
        _model,
        what=_what,
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
    "rewards.Box": "",
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
nobodys("rewards.Prize", "name name_en")
nobodys("rewards.FairnessFinding", "tier layer grounds unexplained")
nobodys("rewards.Item", "name name_en note note_en")

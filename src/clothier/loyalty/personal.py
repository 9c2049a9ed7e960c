"""Whose points, by number."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    FLOOR,
    HEAD,
    NOBODY,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_PROGRAMME = _("会员积分计划，积分有账可查")

for _model, _what in {
    "loyalty.Lot": _("哪位顾客（编号）有多少积分，何时到期"),
    "loyalty.Entry": _("哪位顾客（编号）什么时候因哪张单据得到或用掉多少积分"),
    "loyalty.Membership": _("哪位顾客（编号）是什么等级，评级消费多少"),
    "loyalty.TierChange": _("哪位顾客（编号）的等级何时升降"),
    "loyalty.MemberCard": _("哪位顾客（编号）的会员码何时更换过"),
    "loyalty.MemberLink": _("何时由谁向哪位顾客（编号）出示过会员页链接"),
    "loyalty.FamilyMember": _("哪位顾客（编号）与谁共用积分，每月给多少"),
    "loyalty.FamilyInvitation": _("哪位顾客（编号）何时邀请过家人"),
    "loyalty.FamilyUse": _("哪位顾客（编号）用了哪位家人多少积分"),
    "loyalty.Grant": _("为什么、由谁赠送了哪位顾客（编号）多少积分"),
}.items():
    holds(
        _model,
        what=_what,
        whose=CUSTOMER,
        why=_PROGRAMME,
        basis=CONTRACT,
        kept=NUMBERS_STAY,
        readers=FLOOR,
    )
holds(
    "loyalty.DoorCode",
    "customer_id phone",
    what=_("哪位顾客（编号）何时要过会员页的登录验证码，手机号只存带密钥的摘要"),
    whose=CUSTOMER,
    why=_("顾客用自己的手机登录会员页"),
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=NOBODY,
)
holds(
    "loyalty.DoorCode",
    "sealed",
    what=_("待发送的手机号和验证码"),
    whose=CUSTOMER,
    why=_("顾客用自己的手机登录会员页"),
    basis=CONTRACT,
    kept=_("到验证码用过为止"),
    readers=NOBODY,
    sealed=True,
)
nobodys("loyalty.DoorCode", "digest key")
holds(
    "loyalty.Campaign",
    "created_by stopped_by",
    what=_("谁创建、谁停止了积分活动"),
    whose=EMPLOYEE,
    why=_PROGRAMME,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=HEAD,
)
nobodys("loyalty.Campaign", "name name_en rule")
nobodys("loyalty.ProgrammeDay", "members expiring")

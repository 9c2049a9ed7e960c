"""Whom a store expects, for what, and who comes to its activities."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    COLLEAGUES,
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_EXPECTED = _("接待预约的顾客，办好活动")

holds(
    "bookings.Appointment",
    "purpose service at minutes state",
    what=_("预约的时间、服务和来意，来了没有"),
    whose=CUSTOMER,
    why=_EXPECTED,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
)
holds(
    "bookings.Stop",
    "brand",
    what=_("为这次到店准备的路线"),
    whose=CUSTOMER,
    why=_EXPECTED,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
)
holds(
    "bookings.SignUp",
    what=_("报名了哪些活动、几个人、来了没有"),
    whose=CUSTOMER,
    why=_EXPECTED,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
)
holds(
    "bookings.Hold",
    what=_("员工哪些时段已被预约"),
    whose=EMPLOYEE,
    why=_("不让两位顾客约到同一个人"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "bookings.Activity",
    "host_id cancelled_by_id",
    what=_("谁主持、谁取消了活动"),
    whose=EMPLOYEE,
    why=_EXPECTED,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
nobodys("bookings.Appointment", "place via reason")
nobodys("bookings.Activity", "kind title title_en about about_en place")
nobodys("bookings.Reminder", "carrier")

"""Whether one more shift fits: the person, the store, and the shifts around it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused
from clothier.kernel.rows import prepared
from clothier.kernel.words import word
from clothier.staff.contracts import ShiftPlan
from clothier.staff.faults import Fault, fault_of, stretch_around
from clothier.staff.models import Employee, Shift

DAY = timedelta(days=1)
PLAN = ("employee_id", "store_id", "post", "starts_at", "ends_at", "zone_id")
_FIELD_AT_FAULT = {Fault.BACKWARDS: "ends", Fault.TOO_LONG: "ends", Fault.STRETCH: "ends", Fault.BUSY: "starts"}
_FIELD_AT_FAULT |= {Fault.DOUBLE: "double", Fault.ELSEWHERE: "employee"}


def refuse_misfit(plan: ShiftPlan, *, double: bool, zone: ZoneInfo, but: int = 0) -> None:
    """Raise Refused, naming the field, when the person may not or cannot work this shift. `but` is the one moving."""
    person = Employee.objects.filter(pk=plan.employee_id).first()
    refusal = stranger(person, plan, zone)
    if refusal:
        raise Refused(refusal, field="employee")
    assert person is not None
    others = plans_around([plan], but=but)
    found = fault_of(plan, others, double=double)
    if found:
        raise Refused(sentence(*found, plan, others, person.name, zone), field=_FIELD_AT_FAULT[found[0]])


def stranger(person: Employee | None, plan: ShiftPlan, zone: ZoneInfo) -> str:
    """Why somebody cannot be planned here at all: has left by then, or does not belong to the store."""
    if person is None:
        return _("没有这位员工。")
    if left := gone(person.name, person.left_on, plan, zone):
        return left
    if not members(plan.store_id).filter(pk=person.pk).exists():
        return _("%(name)s 不属于这家门店，请先由运营加入管辖范围。") % {"name": person.name}
    return ""


def gone(name: str, left_on: date | None, plan: ShiftPlan, zone: ZoneInfo) -> str:
    """The last day still counts; from the one after it nobody is planned."""
    if left_on and left_on < plan.starts_at.astimezone(zone).date():
        return _("%(name)s 已于 %(day)s 离职。") % {"name": name, "day": left_on.isoformat()}
    return ""


def sentence(
    fault: Fault, other: ShiftPlan, plan: ShiftPlan, others: Sequence[ShiftPlan], name: str, zone: ZoneInfo
) -> str:
    """What is wrong, in words, with times of the store's own clock."""
    facts = {"name": name, "time": span(other, zone), "post": post_name(other.post)}
    match fault:
        case Fault.BACKWARDS:
            return _("结束时间必须晚于开始时间。")
        case Fault.TOO_LONG:
            return _("%(time)s 超过 12 小时，请拆成两个人的班次。") % facts
        case Fault.ELSEWHERE:
            return _("%(name)s %(time)s 已排在另一家门店。") % facts
        case Fault.BUSY:
            return _("%(name)s %(time)s 已排%(post)s，时间重叠。") % facts
        case Fault.DOUBLE:
            return _("%(name)s %(time)s 已排%(post)s。如果确实兼岗，请勾选。") % facts
        case Fault.STRETCH:
            start, end = stretch_around(plan, others)
            hours = f"{(end - start).total_seconds() / 3600:.3g}"
            return _("连同前后的班次，%(name)s 要连续工作 %(hours)s 小时，超过 12 小时。") % {
                "name": name,
                "hours": hours,
            }


def span(plan: ShiftPlan, zone: ZoneInfo) -> str:
    """11-14 10:00–18:00 on the store's clock."""
    start, end = plan.starts_at.astimezone(zone), plan.ends_at.astimezone(zone)
    return f"{start:%m-%d %H:%M}–{end:%H:%M}"


def columns(plan: ShiftPlan) -> dict[str, Any]:
    """The plan as a Shift's columns: to write them, or to find the row that still says exactly this."""
    return {
        "employee_id": plan.employee_id,
        "store_id": plan.store_id,
        "zone_id": plan.zone_id,
        "post": plan.post,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
    }


def post_name(post: str) -> str:
    """A post in the reader's language."""
    return word(Shift.Post, post)


def plans_around(plans: Sequence[ShiftPlan], *, but: int = 0) -> list[ShiftPlan]:
    """The same people's shifts near these plans: a day either way, for what touches them. `but` is left out.

    As plain rows: a copy looks at six hundred of them.
    """
    if not plans:
        return []
    since, until = min(plan.starts_at for plan in plans) - DAY, max(plan.ends_at for plan in plans) + DAY
    people = sorted({plan.employee_id for plan in plans})
    # Nobody is planned for longer than a day, so what began long before does not reach here.
    rows = _near(people=people, earliest=since - 2 * DAY, since=since, until=until, but=but)
    return [ShiftPlan(*row) for row in rows]


@prepared
def _near(people: list[int], earliest: datetime, since: datetime, until: datetime, but: int) -> "QuerySet[Shift, Any]":
    near = Shift.objects.filter(employee__in=people, starts_at__gt=earliest, starts_at__lt=until, ends_at__gt=since)
    return near.exclude(pk=but).order_by("starts_at", "id").values_list(*PLAN)


def members(store: int) -> QuerySet[Employee]:
    """Who may be planned in a store: at home there, or with a scope on it or on its region."""
    return Employee.objects.filter(
        Q(home_store=store) | Q(scopes__store=store) | Q(scopes__region__store=store)
    ).distinct()

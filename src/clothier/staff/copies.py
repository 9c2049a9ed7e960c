"""What copying last week's roster would do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clothier.kernel.rows import prepared
from clothier.staff.contracts import CopyPreview, ShiftPlan, Uncopied
from clothier.staff.faults import fault_of
from clothier.staff.misfits import PLAN, gone, members, plans_around, sentence
from clothier.staff.models import Employee, Shift

WEEK = timedelta(days=7)


def week_of(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first to the last moment of a week on the store's clock."""
    start = datetime.combine(monday, time(), tzinfo=zone)
    return start, datetime.combine(monday + WEEK, time(), tzinfo=zone)


def plan_copy(*, store: int, monday: date, zone: ZoneInfo) -> CopyPreview:
    """What copying the week before to the week of `monday` would add, and what not and why; five queries at most."""
    since, until = week_of(monday - WEEK, zone)
    # A week says the same few hours hundreds of times.
    later = cache(partial(_a_week_later, zone=zone))
    wanted = [
        (ShiftPlan(employee, store, post, later(starts), later(ends), place), name, left_on)
        for name, left_on, employee, _store, post, starts, ends, place in _begun(store=store, since=since, until=until)
    ]
    around_them = plans_around([plan for plan, *_person in wanted])
    there = {_identity(other) for other in around_them}
    others: dict[int, list[ShiftPlan]] = defaultdict(list)
    for other in around_them:
        others[other.employee_id].append(other)
    here = set(_members(store=store))
    new: list[ShiftPlan] = []
    left_out: list[Uncopied] = []
    for plan, name, left_on in wanted:
        if _identity(plan) in there:
            left_out.append(Uncopied(plan, name, ""))
        elif why := gone(name, left_on, plan, zone) or _misfit(plan, name, others[plan.employee_id], here, zone):
            left_out.append(Uncopied(plan, name, why))
        else:
            new.append(plan)
            there.add(_identity(plan))
            others[plan.employee_id].append(plan)
    return CopyPreview(tuple(new), {plan.employee_id: name for plan, name, _left_on in wanted}, tuple(left_out))


def _identity(plan: ShiftPlan) -> tuple[int, int, str, datetime]:
    return plan.employee_id, plan.store_id, plan.post, plan.starts_at


def _misfit(plan: ShiftPlan, name: str, others: Sequence[ShiftPlan], here: set[int], zone: ZoneInfo) -> str:
    """Empty when the plan fits; else a sentence."""
    if plan.employee_id not in here:
        return _("%(name)s 已不属于这家门店。") % {"name": name}
    # Two posts at once were meant last week, so they are meant this week.
    found = fault_of(plan, others, double=True)
    return sentence(*found, plan, others, name, zone) if found else ""


def _a_week_later(at: datetime, zone: ZoneInfo) -> datetime:
    """The same wall-clock time seven days on, so a change to summer time moves nobody's shift."""
    return (at.astimezone(zone).replace(tzinfo=None) + WEEK).replace(tzinfo=zone)


@prepared
def _begun(store: int, since: datetime, until: datetime) -> "QuerySet[Shift, Any]":
    begun = Shift.objects.filter(store=store, starts_at__gte=since, starts_at__lt=until).order_by("starts_at", "id")
    return begun.values_list("employee__name", "employee__left_on", *PLAN)


@prepared
def _members(store: int) -> "QuerySet[Employee, int]":
    return members(store).order_by().values_list("pk", flat=True)

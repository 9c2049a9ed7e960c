"""What copying last week's roster would do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from clothier.staff.contracts import CopyPreview, ShiftPlan, Uncopied
from clothier.staff.misfits import around, members, plan_of, sentence
from clothier.staff.models import Employee, Shift
from clothier.staff.stretches import fault_of

WEEK = timedelta(days=7)


def week_of(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first to the last moment of a week on the store's clock."""
    start = datetime.combine(monday, time(), tzinfo=zone)
    return start, datetime.combine(monday + WEEK, time(), tzinfo=zone)


def plan_copy(*, store: int, monday: date, zone: ZoneInfo) -> CopyPreview:
    """What copying the week before to the week of `monday` would add, and what not and why; five queries at most."""
    since, until = week_of(monday - WEEK, zone)
    found = Shift.objects.filter(store=store, starts_at__gte=since, starts_at__lt=until)
    source = list(found.select_related("employee").order_by("starts_at", "id"))
    wanted = [_a_week_later(shift, zone) for shift in source]
    others: dict[int, list[ShiftPlan]] = defaultdict(list)
    for shift in around(wanted):
        others[shift.employee_id].append(plan_of(shift))
    here = set(members(store).values_list("pk", flat=True))
    new: list[ShiftPlan] = []
    left_out: list[Uncopied] = []
    for shift, plan in zip(source, wanted, strict=True):
        why = _why_not(plan, shift.employee, others[plan.employee_id], here, zone)
        if why is None:
            new.append(plan)
            others[plan.employee_id].append(plan)
        else:
            left_out.append(Uncopied(plan, shift.employee.name, why))
    return CopyPreview(tuple(new), {shift.employee_id: shift.employee.name for shift in source}, tuple(left_out))


def _why_not(
    plan: ShiftPlan, person: Employee, others: Sequence[ShiftPlan], here: set[int], zone: ZoneInfo
) -> str | None:
    """None when the plan fits; empty when it is on the roster already; else a sentence."""
    if any(
        (other.store_id, other.post, other.starts_at) == (plan.store_id, plan.post, plan.starts_at) for other in others
    ):
        return ""
    day = plan.starts_at.astimezone(zone).date()
    if person.left_on and person.left_on < day:
        return _("%(name)s 已于 %(day)s 离职。") % {"name": person.name, "day": person.left_on.isoformat()}
    if person.pk not in here:
        return _("%(name)s 已不属于这家门店。") % {"name": person.name}
    # Two posts at once were meant last week, so they are meant this week.
    found = fault_of(plan, others, double=True)
    return sentence(*found, plan, others, person.name, zone) if found else None


def _a_week_later(shift: Shift, zone: ZoneInfo) -> ShiftPlan:
    """The same wall-clock times seven days on, so a change to summer time moves nobody's shift."""
    start, end = (at.astimezone(zone).replace(tzinfo=None) + WEEK for at in (shift.starts_at, shift.ends_at))
    return ShiftPlan(
        employee_id=shift.employee_id,
        store_id=shift.store_id,
        post=shift.post,
        starts_at=start.replace(tzinfo=zone),
        ends_at=end.replace(tzinfo=zone),
        zone_id=shift.zone_id,
    )


def _identity(plan: ShiftPlan) -> tuple[int, int, str, datetime]:
    return plan.employee_id, plan.store_id, plan.post, plan.starts_at

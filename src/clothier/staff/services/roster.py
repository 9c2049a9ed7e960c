"""Shifts: who works when, where and at which post."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import Note, record_all
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert
from clothier.staff.contracts import ShiftPlan
from clothier.staff.events import RosterPlanned
from clothier.staff.models import Employee, Shift

Stretch = tuple[datetime, datetime, int]


def plan_shift(*, shift: ShiftPlan, actor: int | None = None) -> None:
    """Put one shift on the roster. Raises Refused when it ends before it starts, or the person works elsewhere then."""
    plan_shifts(shifts=[shift], actor=actor)


@transaction.atomic
def plan_shifts(*, shifts: Sequence[ShiftPlan], actor: int | None = None) -> int:
    """Put shifts on the roster; those on it already stay as they are. How many are new.

    Two posts at once in one store are fine (a small shop's greeter also sells); two stores at once are Refused, and
    then nothing is planned.
    """
    if not shifts:
        return 0
    if any(shift.ends_at <= shift.starts_at for shift in shifts):
        raise Refused(_("班次的结束必须晚于开始。"), field="ends_at")
    # Locking the people keeps a second planner from sending one of them to another store meanwhile.
    list(Employee.objects.select_for_update().filter(pk__in={s.employee_id for s in shifts}).values_list("pk"))
    planned = _planned_around(shifts)
    known = {_identity(shift) for shift in planned}
    new = {_identity(shift): shift for shift in shifts if _identity(shift) not in known}
    _refuse_two_stores_at_once([*planned, *map(_row, new.values())])
    insert([_row(shift) for shift in new.values()])
    record_all(
        Note(RosterPlanned(store_id=store, shifts=n), subject=Ref("store", store), store=store, actor=actor)
        for store, n in sorted(Counter(shift.store_id for shift in new.values()).items())
    )
    return len(new)


def _identity(shift: Shift | ShiftPlan) -> tuple[int, int, str, datetime]:
    return shift.employee_id, shift.store_id, shift.post, shift.starts_at


def _planned_around(shifts: Sequence[ShiftPlan]) -> list[Shift]:
    return list(
        Shift.objects.filter(
            employee__in={shift.employee_id for shift in shifts},
            starts_at__lt=max(shift.ends_at for shift in shifts),
            ends_at__gt=min(shift.starts_at for shift in shifts),
        )
    )


def _refuse_two_stores_at_once(shifts: Iterable[Shift]) -> None:
    by_person: dict[int, list[Stretch]] = defaultdict(list)
    for shift in shifts:
        by_person[shift.employee_id].append((shift.starts_at, shift.ends_at, shift.store_id))
    for person, stretches in by_person.items():
        if _in_two_stores(stretches):
            name = Employee.objects.values_list("name", flat=True).get(pk=person)
            raise Refused(_("%(name)s 同一时间已排在另一家门店。") % {"name": name}, field="employee")


def _in_two_stores(stretches: list[Stretch]) -> bool:
    busy_until, busy_in = None, 0
    for start, end, store in sorted(stretches):
        if busy_until and start < busy_until and store != busy_in:
            return True
        if busy_until is None or end > busy_until:
            busy_until, busy_in = end, store
    return False


def _row(shift: ShiftPlan) -> Shift:
    return Shift(
        employee_id=shift.employee_id,
        store_id=shift.store_id,
        zone_id=shift.zone_id,
        post=shift.post,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
    )

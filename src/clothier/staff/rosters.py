"""Rosters read: a store's shifts and crew as pages show them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from clothier.eventlog.contracts import Event
from clothier.eventlog.selectors import history
from clothier.kernel.access import Role, Viewer
from clothier.kernel.refs import Ref
from clothier.kernel.rows import prepared
from clothier.staff.contracts import Colleague, CopyPreview, ShiftPlan, ShiftView
from clothier.staff.copies import plan_copy
from clothier.staff.misfits import PLAN
from clothier.staff.models import Employee, Shift
from clothier.staff.rules import may_reset

LONGER_THAN_ANY = timedelta(days=2)
POSTS = [(value, label) for value, label in Shift.Post.choices]


def touching(since: datetime, until: datetime) -> QuerySet[Shift]:
    """Shifts that touch [since, until). They last for hours, so those of days ago need not be looked at."""
    return between(since - LONGER_THAN_ANY, since, until)


def between(earliest: datetime, since: datetime, until: datetime) -> QuerySet[Shift]:
    return Shift.objects.filter(starts_at__lt=until, starts_at__gt=earliest, ends_at__gt=since)


def shifts_for(
    viewer: Viewer, *, store: int, since: datetime, until: datetime, people: Iterable[int] = ()
) -> list[ShiftView]:
    """Shifts in a store of the viewer's that touch a stretch of time, by start.

    `people` adds these people's shifts elsewhere, for a roster that must know when somebody is taken.
    """
    if not viewer.sees(store):
        return []
    stretch = {"earliest": since - LONGER_THAN_ANY, "since": since, "until": until}
    # Asked apart, since either question has an index and both in one have none.
    elsewhere = _views(_elsewhere(store=store, people=list(people), **stretch))
    here = _views(_in_store(store=store, **stretch))
    return sorted(here + elsewhere, key=lambda shift: (shift.plan.starts_at, shift.id)) if elsewhere else here


@prepared
def _in_store(store: int, earliest: datetime, since: datetime, until: datetime) -> "QuerySet[Shift, Any]":
    return _columns(between(earliest, since, until).filter(store=store))


@prepared
def _elsewhere(
    store: int, people: list[int], earliest: datetime, since: datetime, until: datetime
) -> "QuerySet[Shift, Any]":
    return _columns(between(earliest, since, until).filter(employee__in=people).exclude(store=store))


def shifts_of(viewer: Viewer, *, since: datetime, until: datetime) -> list[ShiftView]:
    """The viewer's own shifts, in whatever store they are."""
    mine = Shift.objects.filter(employee=viewer.employee) if viewer.employee else Shift.objects.none()
    return _views(_columns(mine & touching(since, until)))


def shift_for(viewer: Viewer, shift: int) -> ShiftView | None:
    """One shift of a store of the viewer's."""
    rows = Shift.objects.filter(pk=shift)
    seen = rows if viewer.stores is None else rows.filter(store__in=viewer.stores)
    return next(iter(_views(_columns(seen))), None)


def crew_for(viewer: Viewer, *, store: int) -> list[Colleague]:
    """Whom the roster of a store lists: who belongs there or was lent to it, by number; people who left excluded."""
    if not viewer.sees(store):
        return []
    return [
        Colleague(pk, number, name, role, tuple(skills), home == store, bool(user) and resettable(viewer, role, home))
        for pk, number, name, role, skills, home, user in _crew(store=store)
    ]


def resettable(viewer: Viewer, role: str, home: int | None) -> bool:
    """Whether the viewer may give a one-time password to somebody of this role and home store who has an account."""
    return viewer.sees(home) and may_reset(viewer.role, Role(role))


@prepared
def _crew(store: int) -> "QuerySet[Employee, Any]":
    here = Q(home_store=store) | Q(scopes__store=store)
    crew = Employee.objects.filter(here, left_on__isnull=True).distinct().order_by("number")
    return crew.values_list("pk", "number", "name", "role", "skills", "home_store", "user")


def acquainted(viewer: Viewer, employee: int) -> bool:
    """Whether the viewer may hear the name of somebody, who perhaps has left."""
    known = Employee.objects.filter(pk=employee)
    return (known if viewer.stores is None else known.filter(home_store__in=viewer.stores)).exists()


_STORE = ("store__name", "store__name_en", "store__address", "store__zone_info")
_ZONE = ("zone__name", "zone__name_en")


def _columns(shifts: QuerySet[Shift]) -> "QuerySet[Shift, Any]":
    # Plain rows: a flagship's week has four hundred shifts, and an instance of a model costs more than its drawing.
    return shifts.order_by("starts_at", "id").values_list("id", "employee__name", *_STORE, *_ZONE, *PLAN)


def _views(rows: Iterable[tuple[Any, ...]]) -> list[ShiftView]:
    return [
        ShiftView(pk, ShiftPlan(*plan), name, store, store_en, address, time_zone, zone or "", zone_en or "")
        for pk, name, store, store_en, address, time_zone, zone, zone_en, *plan in rows
    ]


def shift_history(viewer: Viewer, shift: int) -> list[tuple[Event, datetime, str]]:
    """What happened to a shift by hand, newest first: the event, when, and whose name; two queries."""
    told = history(Ref("shift", shift)).order_by("-id")
    entries = list((told if viewer.stores is None else told.filter(store_id__in=viewer.stores))[:20])
    names = dict(Employee.objects.filter(pk__in={e.actor_id for e in entries}).values_list("pk", "name"))
    return [(entry.event, entry.occurred_at, names.get(entry.actor_id or 0, "")) for entry in entries]


def copy_preview(viewer: Viewer, *, store: int, monday: date, zone: ZoneInfo) -> CopyPreview:
    """What copying the week before to the week of `monday` would add to a store of the viewer's, and what not."""
    if not viewer.sees(store):
        return CopyPreview((), {}, ())
    return plan_copy(store=store, monday=monday, zone=zone)


def gone_home(employees: Iterable[int], at: datetime) -> set[int]:
    """Whose shift has ended: they worked within the last two days and do not now. Who has no shifts is never gone."""
    shifts = _lately(employees=list(employees), earliest=at - LONGER_THAN_ANY, at=at)
    working = {employee for employee, ends in shifts if ends > at}
    return {employee for employee, ends in shifts} - working


@prepared
def _lately(employees: list[int], earliest: datetime, at: datetime) -> "QuerySet[Shift, tuple[int, datetime]]":
    begun = Shift.objects.filter(employee__in=employees, starts_at__gt=earliest, starts_at__lte=at)
    return begun.order_by().values_list("employee_id", "ends_at")

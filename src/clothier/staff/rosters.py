"""Rosters read: a store's shifts and crew as pages show them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from clothier.eventlog.contracts import Event
from clothier.eventlog.selectors import history
from clothier.kernel.access import Viewer
from clothier.kernel.refs import Ref
from clothier.staff.contracts import Colleague, CopyPreview, ShiftPlan, ShiftView
from clothier.staff.copies import plan_copy
from clothier.staff.models import Employee, Shift

LONGER_THAN_ANY = timedelta(days=2)
POSTS = [(value, label) for value, label in Shift.Post.choices]


def touching(since: datetime, until: datetime) -> QuerySet[Shift]:
    """Shifts that touch [since, until). They last for hours, so those of days ago need not be looked at."""
    return Shift.objects.filter(starts_at__lt=until, starts_at__gt=since - LONGER_THAN_ANY, ends_at__gt=since)


def shifts_for(
    viewer: Viewer, *, since: datetime, until: datetime, store: int | None = None, people: Iterable[int] = ()
) -> list[ShiftView]:
    """Shifts that touch a stretch of time, by start: in a store of the viewer's, or in all of them.

    `people` adds these people's shifts elsewhere, for a roster that must know when somebody is taken.
    """
    shifts = touching(since, until)
    seen = shifts if viewer.stores is None else shifts.filter(store__in=viewer.stores)
    here = _views(seen if store is None else seen.filter(store=store))
    # Asked apart, since either question has an index and both in one have none.
    elsewhere = _views(shifts.filter(employee__in=list(people)).exclude(store=store)) if people else []
    return sorted(here + elsewhere, key=lambda shift: (shift.plan.starts_at, shift.id)) if elsewhere else here


def shifts_of(viewer: Viewer, *, since: datetime, until: datetime) -> list[ShiftView]:
    """The viewer's own shifts, in whatever store they are."""
    mine = Shift.objects.filter(employee=viewer.employee) if viewer.employee else Shift.objects.none()
    return _views(mine & touching(since, until))


def shift_for(viewer: Viewer, shift: int) -> ShiftView | None:
    """One shift of a store of the viewer's."""
    rows = Shift.objects.filter(pk=shift)
    return next(iter(_views(rows if viewer.stores is None else rows.filter(store__in=viewer.stores))), None)


def crew_for(viewer: Viewer, *, store: int) -> list[Colleague]:
    """Whom the roster of a store lists: who belongs there or was lent to it, by number; people who left excluded."""
    if not viewer.sees(store):
        return []
    here = Q(home_store=store) | Q(scopes__store=store)
    crew = Employee.objects.filter(here, left_on__isnull=True).distinct().order_by("number")
    return [
        Colleague(row.pk, row.number, row.name, row.role, tuple(row.skills), row.home_store_id == store) for row in crew
    ]


def acquainted(viewer: Viewer, employee: int) -> bool:
    """Whether the viewer may hear the name of somebody, who perhaps has left."""
    known = Employee.objects.filter(pk=employee)
    return (known if viewer.stores is None else known.filter(home_store__in=viewer.stores)).exists()


_PLAN = ("employee_id", "store_id", "post", "starts_at", "ends_at", "zone_id")
_STORE = ("store__name", "store__name_en", "store__address", "store__zone_info")
_ZONE = ("zone__name", "zone__name_en")


def _views(shifts: QuerySet[Shift]) -> list[ShiftView]:
    # Plain rows: a flagship's week has four hundred shifts, and an instance of a model costs more than its drawing.
    rows = shifts.order_by("starts_at", "id").values_list("id", "employee__name", *_STORE, *_ZONE, *_PLAN)
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

"""Rosters read: a store's shifts and crew as pages show them."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from clothier.eventlog.contracts import Event
from clothier.eventlog.selectors import history
from clothier.kernel.access import Viewer
from clothier.kernel.refs import Ref
from clothier.staff.contracts import Colleague, CopyPreview, ShiftView
from clothier.staff.copies import plan_copy
from clothier.staff.misfits import plan_of
from clothier.staff.models import Employee, Shift

POSTS = [(value, label) for value, label in Shift.Post.choices]


def shifts_for(
    viewer: Viewer, *, since: datetime, until: datetime, store: int | None = None, people: Iterable[int] = ()
) -> list[ShiftView]:
    """Shifts that touch a stretch of time, by start: in a store of the viewer's, or in all of them.

    `people` adds these people's shifts elsewhere, for a roster that must know when somebody is taken.
    """
    shifts = Shift.objects.filter(starts_at__lt=until, ends_at__gt=since)
    seen = Q() if viewer.stores is None else Q(store__in=viewer.stores)
    seen &= Q() if store is None else Q(store=store)
    return _views(shifts.filter(seen | Q(employee__in=list(people)) if people else seen))


def shifts_of(viewer: Viewer, *, since: datetime, until: datetime) -> list[ShiftView]:
    """The viewer's own shifts, in whatever store they are."""
    mine = Shift.objects.filter(employee=viewer.employee) if viewer.employee else Shift.objects.none()
    return _views(mine.filter(starts_at__lt=until, ends_at__gt=since))


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


def _views(shifts: QuerySet[Shift]) -> list[ShiftView]:
    rows = shifts.select_related("employee", "store", "zone").order_by("starts_at", "id")
    return [
        ShiftView(
            id=row.pk,
            plan=plan_of(row),
            name=row.employee.name,
            store=row.store.name,
            store_en=row.store.name_en,
            address=row.store.address,
            time_zone=row.store.zone_info,
            zone=row.zone.name if row.zone else "",
            zone_en=row.zone.name_en if row.zone else "",
        )
        for row in rows
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

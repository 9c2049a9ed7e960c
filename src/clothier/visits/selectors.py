"""Questions about visits, answered for a viewer."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from clothier.kernel.access import Viewer
from clothier.visits.models import Appointment, Bell, Fitting, Room, Step, Task, Visit


def visits_for(viewer: Viewer) -> QuerySet[Visit]:
    """Visits in the viewer's stores, slips of the thumb excluded."""
    visits = Visit.objects.exclude(outcome=Visit.Outcome.VOID)
    return visits if viewer.stores is None else visits.filter(store__in=viewer.stores)


def here(viewer: Viewer, *, store: int, limit: int = 200) -> list[Visit]:
    """Who is in the store now, first come first, with their live steps and open fitting (three queries)."""
    visits = visits_for(viewer).filter(store=store, left_at=None).order_by("arrived_at", "id")
    steps = Step.objects.filter(undone_at=None).select_related("by").order_by("at", "id")
    open_fittings = Fitting.objects.filter(closed_at=None).select_related("room")
    return list(
        visits.prefetch_related(
            Prefetch("steps", queryset=steps, to_attr="live_steps"),
            Prefetch("fittings", queryset=open_fittings, to_attr="open_fittings"),
        )[:limit]
    )


def bells_for(viewer: Viewer) -> QuerySet[Bell]:
    bells = Bell.objects.select_related("zone", "room", "answered_by")
    return bells if viewer.stores is None else bells.filter(store__in=viewer.stores)


def ringing(viewer: Viewer, *, store: int) -> list[Bell]:
    """Bells nobody answered yet, the longest wait first."""
    return list(
        bells_for(viewer).filter(store=store, answered_at=None, cancelled_at=None).order_by("rung_at", "id")[:50]
    )


def fittings_for(viewer: Viewer) -> QuerySet[Fitting]:
    fittings = Fitting.objects.select_related("visit", "room")
    return fittings if viewer.stores is None else fittings.filter(visit__store__in=viewer.stores)


def rooms_for(viewer: Viewer, *, store: int) -> QuerySet[Room]:
    rooms = Room.objects.filter(store=store).select_related("zone")
    return rooms if viewer.stores is None else rooms.filter(store__in=viewer.stores)


def tasks_for(viewer: Viewer) -> QuerySet[Task]:
    tasks = Task.objects.select_related("done_by", "assignee")
    return tasks if viewer.stores is None else tasks.filter(store__in=viewer.stores)


def tasks_of_day(viewer: Viewer, *, store: int, day: date) -> list[Task]:
    """The day's tasks of a store: what is open first, by when it is due."""
    tasks = tasks_for(viewer).filter(store=store, day=day)
    return sorted(tasks[:100], key=lambda task: (task.done_at is not None, task.due_at or task.raised_at, task.pk))


def appointments_of_day(viewer: Viewer, *, store: int, day: date) -> list[Appointment]:
    """Who is expected in a store on a day and has not come yet."""
    rows = Appointment.objects.filter(store=store, at__date=day, visit=None).order_by("at")
    return list((rows if viewer.stores is None else rows.filter(store__in=viewer.stores))[:50])

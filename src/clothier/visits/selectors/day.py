"""A store's day: its tasks, and who came."""

from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.visits.contracts import TaskView
from clothier.visits.models import Task, Visit
from clothier.visits.rules import errand_about


def tasks_for(viewer: Viewer) -> QuerySet[Task]:
    """Tasks of the viewer's stores."""
    tasks = Task.objects.select_related("done_by")
    return tasks if viewer.stores is None else tasks.filter(store__in=viewer.stores)


def tasks_of_day(viewer: Viewer, *, store: int, day: date) -> list[TaskView]:
    """The day's tasks of a store: what is open first, by when it is due."""
    now = clock.now()
    rows = _of_day(store=store, day=day) if viewer.sees(store) else []
    rows.sort(key=lambda task: (task.done_at is not None, task.due_at or task.raised_at))
    return [_told(task, now) for task in rows]


@prepared
def _of_day(store: int, day: date) -> "QuerySet[Task, Task]":
    return Task.objects.select_related("done_by").filter(store=store, day=day).order_by("id")[:100]


def task_view(viewer: Viewer, task: int) -> TaskView | None:
    row = tasks_for(viewer).filter(pk=task).first()
    return _told(row, clock.now()) if row else None


def came_between(viewer: Viewer, *, store: int, start: datetime, end: datetime) -> tuple[int, int]:
    """How many visits began in a store between two moments, and how many people they were."""
    counted = _came(store=store, start=start, end=end) if _sees(viewer, store) else []
    return counted[0] if counted else (0, 0)


@prepared
def _came(store: int, start: datetime, end: datetime) -> "QuerySet[Visit, tuple[int, int]]":
    """Grouped by the one store, so that a stretch without visits has no row."""
    came = Visit.objects.exclude(outcome=Visit.Outcome.VOID).filter(
        store=store, arrived_at__gte=start, arrived_at__lt=end
    )
    counted = came.order_by().values("store").annotate(visits=Count("pk"), people=Sum("party_size"))
    return counted.values_list("visits", "people")


def _sees(viewer: Viewer, store: int) -> bool:
    return viewer.stores is None or store in viewer.stores


def _told(task: Task, now: datetime) -> TaskView:
    return TaskView(
        id=task.pk,
        title=str(task),
        scene=task.scene,
        post=task.post,
        due_at=task.due_at,
        done_at=task.done_at,
        done_by=task.done_by.name if task.done_by else "",
        assignee_id=task.assignee_id,
        overdue=task.done_at is None and task.due_at is not None and task.due_at < now,
        about=errand_about(task.code),
    )

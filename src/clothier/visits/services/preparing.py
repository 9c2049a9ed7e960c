"""Before opening: the day's scenes raise their tasks, in time for who has to do them."""

from datetime import date, datetime, timedelta

from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.visits.models import Task
from clothier.visits.selectors.scenes import day_plan
from clothier.visits.services.tasks import raise_task


def prepare(*, store: int, day: date | None = None) -> list[Task]:
    """Raise the tasks of every scene the store's day calls; those raised before are left alone. Closed days need none.

    Each is due its `minutes_before` the doors open. Who hears of it later than that (the forecast has changed, or the
    shop never closes and its day begins at midnight) has as many minutes from now.
    """
    plan = day_plan(store=store, day=day)
    if plan is None or plan.opens_at is None:
        return []
    known = set(Task.objects.filter(store_id=store, day=plan.day).exclude(code="").values_list("scene", "code"))
    return [
        raise_task(
            store=store,
            day=plan.day,
            title=task.name.zh,
            title_en=task.name.en,
            post=task.post,
            scene=scene.key,
            code=task.key,
            due_at=_due(plan.opens_at, timedelta(minutes=task.minutes_before)),
        )
        for scene in plan.scenes
        for task in scene.tasks
        if (scene.key, task.key) not in known
    ]


def _due(opens_at: datetime, before: timedelta) -> datetime:
    now, wanted = clock.now(), opens_at - before
    return wanted if wanted >= now else now + before


def prepare_all() -> int:
    """Prepare the day in every open store; how many tasks were raised. The worker calls it again
    and again, for a forecast may change during the day, and so may the diary.
    """
    return sum(len(prepare(store=pk)) for pk in stores_for(SYSTEM).exclude(kind="online").values_list("pk", flat=True))

from datetime import date

import pytest

from clothier.kernel.errors import Refused
from clothier.visits import services
from clothier.visits.models import Task

DAY = date(2026, 11, 14)


@pytest.fixture
def task(cast):
    return services.raise_task(store=cast.store.pk, day=DAY, title="备好雨伞套机", scene="rain", code="umbrella_bags")


def test_a_scene_raises_its_task_once_a_day(cast, task, log):
    same = services.raise_task(store=cast.store.pk, day=DAY, title="备好雨伞套机", scene="rain", code="umbrella_bags")
    assert (same, log()) == (task, ["task.raised"])


def test_a_person_may_raise_the_same_words_twice(cast):
    for _ in range(2):
        services.raise_task(store=cast.store.pk, day=DAY, title="换灯泡", actor=cast.wu.pk)
    assert Task.objects.count() == 2


def test_the_first_tick_counts_and_can_be_taken_back(cast, task, qian, log):
    services.complete_task(task=task.pk, actor=cast.zhou.pk)
    services.complete_task(task=task.pk, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="周敏 已经做完"):
        services.complete_task(task=task.pk, actor=qian.pk)
    services.reopen_task(task=task.pk, actor=cast.zhou.pk)
    task.refresh_from_db()
    assert (task.done_at, log()) == (None, ["task.raised", "task.done", "task.reopened"])


def test_a_task_without_words_is_refused(cast):
    with pytest.raises(Refused) as refused:
        services.raise_task(store=cast.store.pk, day=DAY, title="  ")
    assert refused.value.field == "title"

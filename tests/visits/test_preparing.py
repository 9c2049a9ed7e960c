import json
from datetime import UTC, datetime, timedelta

import pytest

from clothier.bookings.models import Activity
from clothier.kernel import clock
from clothier.visits import services
from clothier.visits.models import Task
from clothier.visits.selectors import scenes_today


@pytest.fixture
def rain(settings, tmp_path):
    settings.HOME = tmp_path
    day = {"signs": ["rain"], "low": 9, "high": 14}
    report = {"source": "met office", "cities": {"上海": {"2026-11-14": day}}}
    (tmp_path / "weather.json").write_text(json.dumps(report), encoding="utf-8")


# On a Saturday the doors open at half past nine in Shanghai.
OPENING = datetime(2026, 11, 14, 1, 30, tzinfo=UTC)


def test_rain_raises_its_tasks_once_and_before_opening(cast, rain, log):
    with clock.simulated(OPENING - timedelta(hours=2)):
        raised = services.prepare(store=cast.store.pk)
    assert sorted((task.scene, task.code) for task in raised) == [
        ("rain", "dry_floor"),
        ("rain", "lend_umbrellas"),
        ("rain", "umbrella_bags"),
    ]
    bags = Task.objects.get(code="umbrella_bags")
    assert (bags.title, bags.title_en, bags.post) == ("备好雨伞套机", "Umbrella-bag machine filled", "greeter")
    assert bags.due_at == OPENING - timedelta(minutes=30)
    assert services.prepare(store=cast.store.pk) == []
    assert log() == ["task.raised"] * 3


def test_rain_that_is_foreseen_after_opening_leaves_as_much_time_from_then(cast, saturday, rain):
    services.prepare(store=cast.store.pk)
    bags, umbrellas = (Task.objects.get(code=code) for code in ("umbrella_bags", "lend_umbrellas"))
    assert saturday.now() > OPENING
    assert bags.due_at == saturday.now() + timedelta(minutes=30)
    assert umbrellas.due_at == saturday.now() + timedelta(minutes=20)


def test_a_dry_city_and_a_plain_day_call_nothing(cast, rain):
    assert services.prepare(store=cast.other_store.pk) == []
    assert scenes_today(store=cast.other_store.pk) == []


def test_an_event_in_the_diary_calls_its_scene_in_its_store_alone(cast, saturday, settings, tmp_path):
    settings.HOME = tmp_path
    Activity.objects.create(
        title="搭配课", store=cast.store, starts_at=saturday.now(), ends_at=saturday.now() + timedelta(hours=2)
    )
    assert services.prepare_all() == 2
    assert [scene.key for scene in scenes_today(store=cast.store.pk)] == ["event"]
    assert set(Task.objects.values_list("store_id", "scene")) == {(cast.store.pk, "event")}

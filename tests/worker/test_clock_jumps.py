"""Clocks that are wrong: the machine's, set back or forward by an hour; a phone's, an hour ahead or two days away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from clothier.api.models import Posting, Subscription
from clothier.api.webhooks import services as webhooks
from clothier.eventlog import deliveries
from clothier.eventlog.models import Delivery, Entry
from clothier.eventlog.services import record
from clothier.insights.measures import bounds
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.models import Promise, Timer, Verdict
from clothier.standards.selectors import replay_differences
from clothier.standards.services import sweep
from clothier.visits.models import Step
from clothier.visits.services import arrive, greet, leave
from clothier.worker import chores, routines
from clothier.worker.models import Beat
from clothier.worker.models import Routine as Row
from clothier.worker.routines import Routine, every, nightly
from clothier.worker.selectors import last_beat
from tests.eventlog.conftest import LampLit, seen

pytestmark = pytest.mark.django_db
__all__ = ["seen"]
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def light() -> int:
    with transaction.atomic():
        return record(LampLit(lamp_id=7), subject=Ref("lamp", 7)).pk


def greeting() -> Promise:
    return Promise.objects.get(key="greet")


def test_set_back_by_an_hour_what_waits_is_done_now_and_a_lease_is_a_minute(saturday, seen):
    first = light()
    deliveries.claim()
    second = light()
    with clock.simulated(saturday.now() - HOUR) as back:
        assert deliveries.run_due() == 0
        chores.heed_clock()
        assert deliveries.run_due() == 1
        assert seen == [second]
        back.advance(60)
        assert deliveries.run_due() == 1
        assert seen == [second, first]


def test_set_back_a_pause_after_a_failure_is_kept_but_no_longer_than_the_longest(saturday, seen):
    light()
    for due, then in [(50, 50), (3 * 3600, 75 * 60)]:
        Delivery.objects.update(attempts=3, error="x", due_at=saturday.now() + due * SECOND)
        chores.heed_clock()
        assert Delivery.objects.get().due_at == saturday.now() + then * SECOND


def test_set_back_a_second_attempt_at_work_holds_its_lease_no_longer_than_a_first(saturday, seen, monkeypatch):
    light()
    posted = Subscription.objects.create(url="https://example.com", created_at=saturday.now(), sealing_key=b"")
    Posting.objects.create(subscription=posted, entry_id=1, due_at=saturday.now(), attempts=1, error="503")
    Delivery.objects.update(attempts=1, error="x")
    monkeypatch.setattr(webhooks, "_send", lambda posting: None)  # The worker ends here.
    deliveries.claim()
    webhooks.post_due()
    with clock.simulated(saturday.now() - HOUR) as back:
        chores.heed_clock()
        lease = back.now() + timedelta(seconds=60)
        assert (Delivery.objects.get().due_at, Posting.objects.get().due_at) == (lease, lease)


def test_set_back_routines_and_postings_come_at_their_own_times(saturday, monkeypatch):
    wait = {"five": Routine("five", lambda: 0, every(minutes=5)), "night": Routine("night", lambda: 0, nightly)}
    monkeypatch.setattr(chores, "ROUTINES", list(wait.values()))
    routines.enrol(chores.ROUTINES)
    while routines.run_one(chores.ROUTINES):
        pass
    posted = Subscription.objects.create(url="https://example.com", created_at=saturday.now(), sealing_key=b"")
    Posting.objects.create(subscription=posted, entry_id=1, due_at=saturday.now())
    with clock.simulated(saturday.now() - HOUR) as back:
        chores.heed_clock()
        due = dict(Row.objects.values_list("name", "due_at"))
        assert due == {"five": back.now() + timedelta(minutes=5), "night": datetime(2026, 11, 14, 20, 30, tzinfo=UTC)}
        assert Posting.objects.get().due_at == back.now()


def test_what_another_noted_since_the_clock_was_read_is_not_ahead_of_it(saturday, seen, monkeypatch):
    five = Routine("five", lambda: 0, every(minutes=5))
    monkeypatch.setattr(chores, "ROUTINES", [five])
    routines.enrol([five])
    routines.run_one([five])
    light()
    noted = (Row.objects.get().due_at, Delivery.objects.get().due_at)
    with clock.simulated(saturday.now() - 3 * SECOND):
        assert routines.call_forward([five]) + deliveries.call_forward() == 0
    assert (Row.objects.get().due_at, Delivery.objects.get().due_at) == noted


def test_a_sign_of_life_from_before_the_clock_was_set_back_says_nothing(saturday):
    Beat.objects.create(worker="gone:1", chore="promises", seen_at=saturday.now())
    assert last_beat() == saturday.now()
    with clock.simulated(saturday.now() - HOUR) as back:
        assert last_beat() is None
        Beat.objects.create(worker="here:2", chore="promises", seen_at=back.now())
        assert last_beat() == back.now()


def test_set_forward_a_handler_at_work_loses_its_lease_and_its_effect_is_in_once(saturday, seen):
    pk = light()
    (mine,) = deliveries.claim()
    saturday.advance(3600)
    assert deliveries.run_due() == 1
    assert deliveries.deliver(mine) is False
    assert seen == [pk]


def test_set_back_between_arrival_and_greeting_the_greeting_is_in_time(cast, saturday):
    visit = arrive(store=cast.store.pk)
    arrived = saturday.now()
    with clock.simulated(arrived - HOUR + 5 * SECOND):
        step = greet(visit=visit.pk, actor=cast.zhou.pk)
        assert (step.at, greeting().state, greeting().elapsed_seconds) == (arrived, "kept", 0)
        assert list(replay_differences()) == []


def test_set_forward_a_promise_breaks_at_its_due_second_and_says_how_late_that_was_noticed(cast, saturday):
    arrive(store=cast.store.pk)
    due = saturday.now() + 10 * SECOND
    saturday.advance(3600)
    sweep()
    timer = Timer.objects.get(promise=greeting(), step=0)
    assert (greeting().settled_at, timer.fire_at, timer.fired_at) == (due, due, saturday.now())
    assert Entry.objects.get(type="promise.broken", subject_id=greeting().pk).payload["late_seconds"] == 3590.0


def test_a_phone_an_hour_ahead_is_believed_as_to_how_long_ago_it_was(cast, saturday, client):
    visit = arrive(store=cast.store.pk)
    saturday.advance(300)
    pressed = saturday.now() - 295 * SECOND + HOUR
    client.force_login(cast.zhou.user)
    said = {"key": "k1", "occurred_at": pressed.isoformat()}
    shown = {"X-Outbox": (saturday.now() + HOUR).isoformat(), "HX-Request": "true"}
    assert client.post(f"/floor/visits/{visit.pk}/greeting/", said, headers=shown).status_code == 303
    assert Step.objects.get(kind="greeted").at == visit.arrived_at + 5 * SECOND
    assert (greeting().state, greeting().elapsed_seconds) == ("kept", 5)


def test_a_machine_an_hour_ahead_is_refused_and_one_two_minutes_ahead_is_read_as_now(cast, saturday):
    visit = arrive(store=cast.store.pk)
    with pytest.raises(Refused) as refusal:
        greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=saturday.now() + HOUR)
    assert refusal.value.field == "occurred_at"
    saturday.advance(4)
    step = greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=saturday.now() + 120 * SECOND)
    assert step.at == saturday.now()


@pytest.mark.parametrize(
    ("hours", "state", "outcomes"),
    [(11, "kept", ["broken", "kept"]), (47, "broken", ["broken"])],
    ids=["within the sync window", "after it"],
)
def test_a_phone_that_comes_back_late_tells_when_it_was_but_a_final_verdict_stays(
    cast, saturday, hours, state, outcomes
):
    visit = arrive(store=cast.store.pk)
    pressed = saturday.now() + 6 * SECOND
    saturday.advance(60)
    sweep()
    leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    saturday.advance(hours * 3600)
    step = greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=pressed)
    assert (step.at, step.late) == (pressed, True)
    told = Verdict.objects.filter(promise=greeting()).order_by("revision")
    assert (greeting().state, [verdict.outcome for verdict in told]) == (state, outcomes)
    assert list(replay_differences()) == []


def test_after_two_days_and_a_second_nothing_is_believed(cast, saturday):
    visit = arrive(store=cast.store.pk)
    saturday.advance(2 * 86_400)
    assert greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=visit.arrived_at).at == visit.arrived_at
    with pytest.raises(Refused):
        greet(visit=visit.pk, actor=cast.wu.pk, occurred_at=visit.arrived_at - SECOND)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_day_is_as_long_as_the_sun_says_where_clocks_change(day, hours):
    start, end = bounds(day, "Europe/Berlin")
    assert end - start == hours * HOUR
    assert bounds(day) == (start.replace(hour=16), start.replace(hour=16) + 24 * HOUR)

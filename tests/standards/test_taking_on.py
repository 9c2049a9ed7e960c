"""Acknowledging, waiving, cadences and repair."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from clothier.kernel.access import Denied, Role, Viewer
from clothier.kernel.errors import Refused
from clothier.standards.models import CadenceTurn, Promise, Timer, Verdict, Waiver
from clothier.standards.selectors import promises_for, replay_differences
from clothier.standards.services import (
    acknowledge,
    ask_waiver,
    complete_cadence,
    decide_waiver,
    next_cadence,
    next_due,
    open_cadences,
    repair,
    sweep,
)
from tests.standards.conftest import ANSWER, Answered, Asked, Reopened, happen, house_rules, promise

ZHOU = Viewer(user=None, employee=1, role=Role.ASSOCIATE, stores=frozenset({1}))
WU = Viewer(user=None, employee=3, role=Role.MANAGER, stores=frozenset({1}))
GAO = Viewer(user=None, employee=4, role=Role.OPERATOR, stores=None)
STRANGER = Viewer(user=None, employee=9, role=Role.MANAGER, stores=frozenset({2}))


def broken_promise(clock) -> Promise:
    happen(Asked())
    clock.advance(600)
    sweep()
    return promise()


def test_acknowledging_stops_the_ladder_but_not_the_clock(rules, ladder):
    happen(Asked())
    acknowledge(viewer=ZHOU, promise_id=promise().pk, message="我去")
    assert next_due() == rules.now() + timedelta(minutes=10)
    rules.advance(3600)
    sweep()
    assert (promise().state, Timer.objects.filter(step__gt=0).count()) == ("broken", 0)


def test_a_rule_may_start_the_ladder_again_after_a_while(db, saturday, ladder):
    house_rules({**ANSWER, "rearm": "30min"})
    happen(Asked())
    begun = saturday.now()
    acknowledge(viewer=ZHOU, promise_id=promise().pk)
    saturday.advance(3600)
    sweep()
    rungs = Timer.objects.filter(step__gt=0).order_by("step").values_list("step", "fire_at")
    assert list(rungs) == [(1, begun + timedelta(minutes=30)), (2, begun + timedelta(minutes=30))]


def test_another_stores_promise_cannot_be_acknowledged(rules):
    happen(Asked())
    with pytest.raises(Promise.DoesNotExist):
        acknowledge(viewer=STRANGER, promise_id=promise().pk)
    assert promise().acknowledged_at is None


def test_a_waiver_needs_a_second_person(rules, ladder):
    one = broken_promise(rules)
    waiver = ask_waiver(viewer=WU, promise_id=one.pk, reason="商场停电")
    with pytest.raises(Refused):
        decide_waiver(viewer=WU, waiver_id=waiver.pk, approve=True)
    other = Viewer(user=None, employee=4, role=Role.OPERATOR, stores=None)
    decide_waiver(viewer=other, waiver_id=waiver.pk, approve=True)
    assert (promise().state, Waiver.objects.get().state) == ("waived", "approved")
    # The verdict itself stays what it was.
    assert Verdict.objects.get().outcome == "broken"
    assert next_due() is None
    assert not list(replay_differences())


def test_an_associate_cannot_approve(rules, ladder):
    waiver = ask_waiver(viewer=WU, promise_id=broken_promise(rules).pk, reason="停电")
    with pytest.raises(Denied):
        decide_waiver(viewer=ZHOU, waiver_id=waiver.pk, approve=True)
    assert Waiver.objects.get().state == "asked"


def test_a_kept_promise_needs_no_waiver(rules):
    happen(Asked())
    happen(Answered())
    with pytest.raises(Refused):
        ask_waiver(viewer=WU, promise_id=promise().pk, reason="x")


def test_repair_rewrites_what_the_facts_do_not_say(rules):
    happen(Asked())
    happen(Asked(), 2)
    Promise.objects.filter(subject_id=1).update(state="kept", elapsed_seconds=3, closed_at=rules.now())
    Promise.objects.update(next_at=None)
    columns = [(one.promise_id, one.column) for one in replay_differences()]
    first, second = promise(1).pk, promise(2).pk
    assert columns == [
        (first, "state"),
        (first, "closed_at"),
        (first, "elapsed_seconds"),
        (first, "next_at"),
        (second, "next_at"),
    ]
    assert repair(promise_ids=[first, second]) == 2
    assert not list(replay_differences())
    assert [(one.state, one.next_at == one.due_at) for one in (promise(1), promise(2))] == [("running", True)] * 2


def test_cadences_open_once_for_every_store_and_period(cast, saturday):
    # Two stores, four store cadences, three of the chain; at 10:00 the stand-up of 9:45 is over and is not opened.
    assert open_cadences() == 2 * 3 + 3
    assert open_cadences() == 0
    assert CadenceTurn.objects.filter(cadence="mystery_shopper", period="2026-W46").count() == 2
    shopper = Promise.objects.get(key="cadence_mystery_shopper", store_id=cast.store.pk)
    assert shopper.due_at == datetime(2026, 11, 15, 16, 0, tzinfo=UTC)
    assert not list(replay_differences())


def test_in_every_zone_a_turn_is_looked_for_the_moment_its_day_begins():
    for name in available_timezones():
        midnight = datetime(2026, 11, 15, tzinfo=ZoneInfo(name)).astimezone(UTC)
        assert next_cadence(midnight - timedelta(seconds=1)) == midnight, name
        assert next_cadence(midnight) == midnight + timedelta(minutes=15), name


def test_a_stand_up_is_opened_at_midnight_and_ticked_off(cast, saturday):
    saturday.advance(timedelta(hours=14).total_seconds())
    open_cadences()
    (mine,) = promises_for(cast.viewer(cast.wu), keys=["cadence_stand_up"])
    # 15 minutes after 9:30 on Sunday.
    assert (mine.due_at, mine.state) == (datetime(2026, 11, 15, 1, 45, tzinfo=UTC), "running")
    assert complete_cadence(viewer=cast.viewer(cast.wu), promise_id=mine.id).state == "kept"


def test_a_waiver_of_one_round_says_nothing_of_the_next(rules, ladder):
    waiver = ask_waiver(viewer=WU, promise_id=broken_promise(rules).pk, reason="停电")
    happen(Answered())
    happen(Reopened())
    with pytest.raises(Refused):
        decide_waiver(viewer=GAO, waiver_id=waiver.pk, approve=True)
    decide_waiver(viewer=GAO, waiver_id=waiver.pk, approve=False)
    assert (promise().cycle, promise().closed_at, Waiver.objects.get().state) == (2, None, "refused")


def test_a_verdict_corrected_meanwhile_needs_no_waiver(rules, ladder):
    one = broken_promise(rules)
    waiver = ask_waiver(viewer=WU, promise_id=one.pk, reason="停电")
    happen(Answered(), occurred_at=one.started_at)
    assert promise().state == "kept"
    with pytest.raises(Refused):
        decide_waiver(viewer=GAO, waiver_id=waiver.pk, approve=True)
    assert promise().state == "kept"

"""Events start, keep and move promises, inside the recording transaction."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from clothier.eventlog.models import Entry
from clothier.eventlog.services import Note, record_all
from clothier.kernel.refs import Ref
from clothier.standards.models import ClockEvent, Promise, PromiseVersion, Timer, Verdict
from clothier.standards.selectors import replay_differences
from clothier.standards.services import next_due, sweep
from tests.standards.conftest import (
    ANSWER,
    Answered,
    Asked,
    Regraded,
    Reopened,
    Resumed,
    Waiting,
    Withdrawn,
    Wrote,
    happen,
    house_rules,
    promise,
)

MINUTE = timedelta(minutes=1)


def test_an_event_starts_a_promise_with_its_due_time_and_its_next_step(rules):
    begun = rules.now()
    happen(Asked())
    one = promise()
    assert (one.state, one.started_at, one.due_at, one.target_seconds) == ("running", begun, begun + 10 * MINUTE, 600)
    assert (one.next_at, next_due()) == (begun + 10 * MINUTE, begun + 10 * MINUTE)
    assert PromiseVersion.objects.get(pk=one.version_id).key == "answer"


def test_the_same_start_twice_makes_one_promise(rules):
    happen(Asked())
    happen(Asked())
    assert Promise.objects.count() == 1


def test_keeping_gives_a_verdict_and_leaves_no_timer(rules):
    happen(Asked())
    rules.advance(599)
    happen(Answered())
    one = promise()
    assert (one.state, one.elapsed_seconds, one.closed_at) == ("kept", 599, rules.now())
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.elapsed_seconds) == ("kept", 599)
    assert (promise().next_at, Timer.objects.exists()) == (None, False)


def test_an_answer_in_the_due_second_is_in_time(rules):
    happen(Asked())
    rules.advance(600)
    happen(Answered())
    assert promise().state == "kept"


def test_an_automatic_answer_is_no_answer(rules):
    happen(Asked())
    happen(Answered(author="bot"))
    assert promise().state == "running"


def test_a_late_answer_breaks_the_promise_even_before_the_sweeper_came(rules):
    happen(Asked())
    rules.advance(601)
    happen(Answered())
    one = promise()
    assert (one.state, one.settled_at, one.closed_at) == ("broken", rules.now() - timedelta(seconds=1), rules.now())
    assert Entry.objects.filter(type="promise.broken").count() == 1


def test_severity_at_the_start_and_later_moves_the_due_time_from_the_start(rules):
    begun = rules.now()
    happen(Asked(severity="serious"))
    assert promise().due_at == begun + 2 * MINUTE
    happen(Asked(), 2)
    rules.advance(60)
    happen(Regraded(severity="serious"), 2)
    assert (promise(2).due_at, promise(2).target_seconds) == (begun + 2 * MINUTE, 120)
    happen(Regraded(severity="minor"), 2)
    assert promise(2).due_at == begun + 10 * MINUTE


def test_an_upgrade_that_comes_too_late_breaks_when_it_becomes_known(rules):
    happen(Asked())
    rules.advance(300)
    happen(Regraded(severity="serious"))
    one = promise()
    assert (one.state, one.settled_at) == ("broken", rules.now())


def test_a_gold_member_gets_the_shorter_time_and_never_a_longer_one(rules):
    happen(Asked(tier="gold"))
    assert promise().target_seconds == 60


def test_a_pause_puts_the_due_time_off_and_a_word_of_the_customer_ends_it(rules):
    begun = rules.now()
    happen(Asked())
    rules.advance(60)
    happen(Waiting())
    one = promise()
    # Until somebody speaks the pause counts to its cap of an hour.
    assert (one.state, one.due_at) == ("paused", begun + 70 * MINUTE)
    rules.advance(600)
    happen(Wrote(), 99)
    assert (promise().state, promise().due_at) == ("running", begun + 20 * MINUTE)


def test_a_pause_for_no_accepted_reason_stops_nothing(rules):
    happen(Asked())
    happen(Waiting(waiting_for="lunch"))
    assert promise().state == "running"


def test_a_pause_ends_at_its_cap_by_itself(rules):
    happen(Asked())
    happen(Waiting())
    rules.advance(3600)
    sweep()
    assert promise().state == "running"
    rules.advance(600)
    sweep()
    assert promise().state == "broken"


def test_a_pause_after_the_breach_undoes_nothing(rules):
    happen(Asked())
    rules.advance(601)
    sweep()
    happen(Waiting())
    happen(Resumed())
    assert promise().state == "broken"
    assert Verdict.objects.get().outcome == "broken"


def test_reopening_keeps_the_first_verdict_and_the_time_already_used(rules):
    happen(Asked())
    rules.advance(400)
    happen(Answered())
    rules.advance(3600)
    happen(Reopened())
    one = promise()
    assert (one.cycle, one.state, one.due_at) == (2, "running", rules.now() + timedelta(seconds=200))
    rules.advance(201)
    sweep()
    assert list(Verdict.objects.order_by("cycle").values_list("cycle", "outcome")) == [(1, "kept"), (2, "broken")]


def test_a_withdrawn_question_is_no_broken_promise(rules):
    happen(Asked())
    happen(Withdrawn())
    assert promise().state == "cancelled"
    assert sweep() == 0


def test_an_answer_told_late_by_a_phone_corrects_a_provisional_verdict(rules):
    begun = rules.now()
    happen(Asked())
    rules.advance(700)
    sweep()
    assert promise().state == "broken"
    happen(Answered(), occurred_at=begun + 5 * MINUTE)
    assert promise().state == "kept"
    assert list(Verdict.objects.order_by("revision").values_list("revision", "outcome")) == [(1, "broken"), (2, "kept")]
    (corrected,) = Entry.objects.filter(type="promise.corrected")
    assert corrected.payload["outcome"] == "kept"


def test_after_the_sync_window_a_verdict_is_final(rules):
    begun = rules.now()
    happen(Asked())
    rules.advance(700)
    sweep()
    rules.advance(3700)
    happen(Answered(), occurred_at=begun + 5 * MINUTE)
    one = promise()
    assert (one.state, one.closed_at) == ("broken", rules.now() - timedelta(hours=1))


def test_a_phone_whose_clock_runs_ahead_is_not_believed(rules):
    happen(Asked(), occurred_at=rules.now() + timedelta(days=3))
    assert promise().started_at == rules.now()


def test_what_happened_before_the_sync_window_starts_no_promise(rules):
    happen(Asked(), occurred_at=rules.now() - timedelta(hours=2))
    assert not Promise.objects.exists()


def test_a_rolled_back_change_leaves_no_clock_running(rules):
    def ask_and_fail() -> None:
        with transaction.atomic():
            happen(Asked())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert not Promise.objects.exists()
    assert not ClockEvent.objects.exists()


def test_a_repeating_promise_starts_again_even_within_one_batch(db, saturday):
    house_rules({**ANSWER, "repeat": True})
    turns = [Asked(), Answered(), Asked(), Answered(), Asked()]
    with transaction.atomic():
        record_all([Note(event, Ref("trial", 1), store=1) for event in turns])
    assert list(Promise.objects.order_by("id").values_list("state", flat=True)) == ["kept", "kept", "running"]


def test_a_batch_takes_as_many_queries_as_a_single_event(rules):
    def queries(number: int, first: int) -> int:
        with CaptureQueriesContext(connection) as seen, transaction.atomic():
            record_all([Note(Asked(), Ref("trial", first + n), store=1) for n in range(number)])
        return len(seen)

    queries(1, 500)
    assert queries(20, 1000) == queries(1, 1) <= 12
    assert not list(replay_differences())


def test_a_slip_of_the_thumb_taken_back_never_kept_the_promise(db, saturday):
    undo = [{"event": "test.resumed", "takes_back": "keep"}]
    house_rules({**ANSWER, "resume": [], "undo": undo})
    happen(Asked())
    saturday.advance(5)
    happen(Answered())
    assert promise().state == "kept"
    happen(Resumed())
    assert (promise().state, promise().closed_at) == ("running", None)
    assert promise().next_at == promise().due_at
    saturday.advance(700)
    sweep()
    assert promise().state == "broken"
    assert list(Verdict.objects.order_by("revision").values_list("outcome", flat=True)) == ["kept", "broken"]
    assert not list(replay_differences())


def test_a_promise_whose_start_was_cancelled_may_start_again(rules):
    happen(Asked())
    happen(Withdrawn())
    happen(Asked())
    assert list(Promise.objects.order_by("id").values_list("state", flat=True)) == ["cancelled", "running"]


def test_a_downgrade_told_late_runs_again_and_breaks_again_at_its_new_time(rules):
    begun = rules.now()
    happen(Asked(severity="serious"))
    rules.advance(150)
    sweep()
    assert promise().state == "broken"
    happen(Regraded(severity="minor"), occurred_at=begun + timedelta(seconds=60))
    assert (promise().state, next_due()) == ("running", begun + 10 * MINUTE)
    rules.advance(450)
    assert sweep() == 1
    assert promise().state == "broken"
    assert list(Verdict.objects.order_by("revision").values_list("due_at", flat=True)) == [
        begun + 2 * MINUTE,
        begun + 10 * MINUTE,
    ]
    assert not list(replay_differences())


def test_a_downgrade_told_late_lets_an_answer_still_be_in_time(rules):
    begun = rules.now()
    happen(Asked(severity="serious"))
    rules.advance(150)
    sweep()
    happen(Regraded(severity="minor"), occurred_at=begun + timedelta(seconds=60))
    happen(Answered())
    assert promise().state == "kept"
    assert list(Verdict.objects.order_by("revision").values_list("outcome", flat=True)) == ["broken", "kept"]


def test_a_promise_that_breaks_after_a_slip_was_taken_back_is_told_as_broken(db, saturday):
    undo = [{"event": "test.resumed", "takes_back": "keep"}]
    house_rules({**ANSWER, "resume": [], "undo": undo})
    happen(Asked())
    happen(Answered())
    happen(Resumed())
    saturday.advance(600)
    sweep()
    told = Entry.objects.filter(type__in=("promise.broken", "promise.corrected")).values_list("type", flat=True)
    assert list(told) == ["promise.broken"]

"""Promises of a witnessed past: a column is judged as each would be, and what cannot be followed so is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from clothier.conversations.events import ChatClosed, CustomerWrote, ReplySent
from clothier.eventlog.contracts import Event, History
from clothier.eventlog.history import record_history
from clothier.eventlog.models import Entry
from clothier.kernel.columns import Every
from clothier.standards.models import Promise, Timer, Verdict
from clothier.standards.rules.columns import OpenTime, judge
from clothier.standards.rules.documents.promises import Clock, PromiseRule
from clothier.standards.rules.evaluation import evaluate
from clothier.standards.rules.facts import Fact, Kind
from clothier.standards.rules.hours import CalendarHours, WallHours
from clothier.standards.selectors.replay import replay_differences
from clothier.visits.events import VisitArrived, VisitGreeted, VisitLeft, VisitStepUndone
from tests.standards.test_calendars import book

FRIDAY = int(datetime(2026, 11, 13, 0, 0, tzinfo=UTC).timestamp())
WEEK = 7 * 86_400
HOURS = CalendarHours(book(), Clock.OPENING)
moments = st.integers(FRIDAY, FRIDAY + WEEK)


def utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@given(start=moments, later=st.integers(0, 2 * 86_400), target=st.integers(1, 40_000), calendar=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_column_is_judged_as_evaluate_judges_each(start, later, target, calendar):
    hours = HOURS if calendar else WallHours()
    closed = start + later
    rule = PromiseRule.model_validate({
        "key": "x", "name": {"zh": "x", "en": "x"}, "owner": "greeter", "reason": {"zh": "x", "en": "x"}, 
        "within": target, "start": [{"event": "a.b"}], "keep": [{"event": "a.c"}], "sync_window": 3600,
    })  # fmt: skip
    facts = [Fact(Kind.START, utc(start), utc(start), 0, target), Fact(Kind.KEEP, utc(closed), utc(closed))]
    one = evaluate(facts, rule, hours, utc(closed))
    # A neighbour a day later makes it a column.
    starts, ends = np.array([start, start + 86_400]), np.array([closed, closed + 86_400])
    time = OpenTime(hours, start, int(ends.max()), target)
    found = judge(time, started=starts, closed=ends, target=target)
    assert bool(found.broken[0]) == (one.state == "broken")
    assert (utc(int(found.due[0])), utc(int(found.settled[0]))) == (one.due_at, one.settled_at)
    assert (found.elapsed[0], found.used[0]) == (one.elapsed_seconds, one.verdicts[0].elapsed_seconds)


def told(event: type[Event], at: list[int], payload: str = "{}", visits: tuple[int, ...] = (1, 2)) -> History:
    moments = np.array(at, dtype=np.int64)
    return History(event, "visit", list(visits), Every(None), Every(None), moments, [payload] * len(at), witnessed=True)


ARRIVED, LEFT = '{"via":"greeter"}', '{"outcome":"left","served":false}'


def test_a_past_that_was_witnessed_has_its_promises_judged_and_its_breaches_told(db, saturday):
    ten = int((saturday.now() - timedelta(days=3)).replace(hour=4).timestamp())
    with transaction.atomic():
        record_history(
            told(VisitArrived, [ten, ten + 60], ARRIVED),
            told(VisitGreeted, [ten + 8, ten + 85]),
            told(VisitLeft, [ten + 600, ten + 700], LEFT),
        )
    kept, broken = Promise.objects.order_by("subject_id")
    assert (kept.key, kept.state, kept.elapsed_seconds, kept.closed_at) == ("greet", "kept", 8, utc(ten + 8))
    assert (broken.state, broken.elapsed_seconds, broken.settled_at) == ("broken", 25, utc(ten + 70))
    assert [verdict.outcome for verdict in Verdict.objects.order_by("promise_id")] == ["kept", "broken"]
    assert Timer.objects.get().fired_at == utc(ten + 70)
    breach = Entry.objects.get(type="promise.broken")
    assert breach.recorded_at == breach.occurred_at == utc(ten + 70)
    assert breach.payload == {
        "promise_id": broken.pk, "promise_key": "greet", "subject": "visit:2", "target_seconds": 10
    }  # fmt: skip
    first = Entry.objects.order_by("id").values_list("type", "subject_id")[:4]
    assert list(first) == [("visit.arrived", 1), ("visit.greeted", 1), ("visit.arrived", 2), ("visit.greeted", 2)]


def test_a_past_that_only_was_written_down_starts_no_promise(db, saturday):
    ten = int(saturday.now().timestamp()) - 86_400
    with transaction.atomic():
        record_history(replace(told(VisitArrived, [ten, ten], ARRIVED), witnessed=False))
    assert not Promise.objects.exists()


def test_what_only_event_by_event_can_be_followed_is_refused_by_the_column(db, saturday):
    ten = int(saturday.now().timestamp()) - 86_400
    arrived = told(VisitArrived, [ten, ten], ARRIVED)
    left = told(VisitLeft, [ten + 60, ten + 60], LEFT)
    undone = told(VisitStepUndone, [ten + 70, ten + 70], '{"step":"left"}')
    with pytest.raises(ValueError, match="has no end"), transaction.atomic():
        record_history(arrived)
    with pytest.raises(ValueError, match="cannot be followed"), transaction.atomic():
        record_history(arrived, left, undone)
    with pytest.raises(ValueError, match="started twice"), transaction.atomic():
        record_history(told(VisitArrived, [ten, ten], ARRIVED, (1, 1)), told(VisitLeft, [ten + 9] * 2, LEFT, (1, 1)))
    assert not Entry.objects.exists()


def test_a_promise_that_is_made_again_and_again_has_a_row_for_each_time(db, saturday):
    ten = int((saturday.now() - timedelta(days=3)).replace(hour=4).timestamp())
    wrote = '{"thread_id":1,"message_id":1,"channel":"web","with_person":true}'
    said = '{"thread_id":1,"message_id":2,"channel":"web","author":"human"}'

    def chat(event: type[Event], at: list[int], payload: str) -> History:
        return replace(told(event, at, payload, (7,) * len(at)), subject_kind="chat")

    with transaction.atomic():
        record_history(
            # The second word comes while the first is still unanswered: one promise.
            chat(CustomerWrote, [ten, ten + 20, ten + 100], wrote),
            replace(chat(ReplySent, [ten + 30, ten + 400], said), actors=[4, 5]),
            chat(ChatClosed, [ten + 500], '{"thread_id":1,"by":"agent"}'),
        )
    first, second = Promise.objects.filter(key="chat_next_reply").order_by("id")
    assert (first.state, first.started_at, first.elapsed_seconds, first.channel) == ("kept", utc(ten), 30, "web")
    assert (second.state, second.started_at, second.elapsed_seconds) == ("broken", utc(ten + 100), 300)
    # Nobody's when they began: told of whoever answered.
    assert (first.owner_id, second.owner_id) == (4, 5)
    assert list(replay_differences()) == []

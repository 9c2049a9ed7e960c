"""What happens by itself when time runs out."""

from datetime import timedelta

from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.standards.models import Promise, Timer, Verdict
from clothier.standards.selectors import replay_differences
from clothier.standards.services import next_due, sweep, sweep_once, wait_too
from tests.standards.conftest import ANSWER, Answered, Asked, happen, house_rules, promise


def broken() -> list[tuple]:
    rows = Entry.objects.filter(type="promise.broken").order_by("id")
    return [(row.payload["subject"], row.payload["target_seconds"], row.payload.get("late_seconds", 0)) for row in rows]


def escalated() -> list[tuple]:
    rows = Entry.objects.filter(type="promise.escalated").order_by("id")
    return [(row.payload["step"], row.payload["role"], row.payload.get("employee_ids", [])) for row in rows]


def test_nothing_is_due_before_its_time(rules, django_assert_num_queries):
    happen(Asked())
    assert next_due() == rules.now() + timedelta(minutes=10)
    rules.advance(599)
    with django_assert_num_queries(1):
        assert sweep() == 0


def test_the_breach_is_told_with_the_first_rung_at_its_second(rules, ladder):
    happen(Asked())
    rules.advance(600)
    assert sweep() == 1
    assert promise().state == "broken"
    assert broken() == [("trial:1", 600, 0)]
    assert escalated() == [(1, "lead", [30])]
    assert Verdict.objects.get().settled_at == rules.now()
    assert next_due() == rules.now() + timedelta(minutes=10)


def test_a_later_rung_tells_every_role_even_one_that_nobody_fills(rules, ladder):
    happen(Asked())
    rules.advance(600)
    sweep()
    rules.advance(600)
    sweep()
    assert escalated()[1:] == [(2, "manager", [40]), (2, "operator", [])]
    assert Timer.objects.get(step=2).employee_ids == [40]
    assert next_due() is None


def test_what_was_kept_a_moment_ago_is_told_to_nobody(rules, ladder):
    happen(Asked())
    rules.advance(599)
    happen(Answered())
    rules.advance(60)
    assert sweep() == 0
    assert escalated() == []


def test_an_answer_after_the_breach_stops_the_ladder(rules, ladder):
    happen(Asked())
    rules.advance(600)
    sweep()
    happen(Answered())
    rules.advance(3600)
    assert sweep() == 0
    assert [step for step, *_ in escalated()] == [1]


def test_after_downtime_steps_fire_in_order_and_say_how_late(rules, ladder):
    for number in (1, 2, 3):
        happen(Asked(), number)
        rules.advance(60)
    rules.advance(3600)
    while sweep_once(rules.now(), limit=2):
        pass
    assert broken() == [("trial:1", 600, 3180.0), ("trial:2", 600, 3120.0), ("trial:3", 600, 3060.0)]
    assert sorted(escalated()) == [(1, "lead", [30])] * 3 + [(2, "manager", [40])] * 3 + [(2, "operator", [])] * 3
    assert [row.fire_at for row in Timer.objects.order_by("fire_at")] == sorted(
        row.fire_at for row in Timer.objects.all()
    )
    assert not list(replay_differences())


def test_sweeping_twice_tells_nobody_twice(rules, ladder):
    happen(Asked())
    rules.advance(600)
    sweep()
    assert sweep() == 0
    assert len(escalated()) == 1


def test_many_promises_break_in_a_handful_of_statements(rules, ladder, django_assert_max_num_queries):
    for number in range(30):
        happen(Asked(), number + 1)
    rules.advance(600)
    # The same number of statements for one as for thirty, but for batches of 999 parameters on SQLite.
    with django_assert_max_num_queries(30):
        assert sweep_once(rules.now()) == 30
    assert len(broken()) == 30
    assert not list(replay_differences())


def test_a_promise_outside_opening_hours_waits_for_the_morning(cast):
    house_rules({**ANSWER, "clock": "opening", "within": "1h", "tier": {}, "severity": {}})
    happen(Asked(), store=cast.store.pk, occurred_at=clock.now())
    # The store closes at 21:30; what is asked at 10:00 is due at 11:00.
    assert promise().due_at == clock.now() + timedelta(hours=1)


def test_promises_that_only_wait_neither_fire_early_nor_stand_in_the_way(rules):
    happen(Asked())
    wait_too(250, since=rules.now() + timedelta(hours=1))
    assert Promise.objects.filter(next_at__isnull=False, closed_at=None).count() == 251
    assert next_due() == promise().due_at
    rules.advance(600)
    assert sweep() == 1
    assert broken() == [("trial:1", 600, 0)]
    assert next_due() == promise().next_at == rules.now() + timedelta(minutes=10)


def test_a_batch_of_due_promises_takes_the_same_statements_as_one(rules, django_assert_max_num_queries):
    for number in range(1, 60):
        happen(Asked(), number)
    rules.advance(600)
    with django_assert_max_num_queries(22):
        assert sweep_once(clock.now()) == 59
    assert len(broken()) == 59


def test_which_steps_have_fired_is_asked_once_a_batch(rules, ladder, django_assert_max_num_queries):
    happen(Asked())
    rules.advance(600)
    with django_assert_max_num_queries(40) as asked:
        assert sweep_once(rules.now()) == 1
    told = [one["sql"] for one in asked.captured_queries]
    assert len([sql for sql in told if "standards_timer" in sql and sql.startswith("SELECT")]) == 1


def test_after_an_outage_the_log_tells_breaches_and_rungs_in_the_order_of_their_times(rules, ladder):
    happen(Asked())
    rules.advance(900)
    happen(Asked(), 2)
    rules.advance(7200)
    sweep()
    rows = Entry.objects.filter(type__in=("promise.broken", "promise.escalated")).order_by("id")
    told = [(row.payload["subject"], row.payload.get("step", 0)) for row in rows]
    # Due after 10 and 25 minutes, told to a lead at once and to two roles 10 minutes later.
    one, two = "trial:1", "trial:2"
    assert told == [(one, 0), (one, 1), (one, 2), (one, 2), (two, 0), (two, 1), (two, 2), (two, 2)]

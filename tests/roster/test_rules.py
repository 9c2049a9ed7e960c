from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clothier.desks.roster.rules import uncovered, worked
from clothier.staff.contracts import ShiftPlan
from clothier.staff.faults import Fault, fault_of, stretch_around

MIDNIGHT = datetime(2026, 11, 14, tzinfo=UTC)


def hour(n: float) -> datetime:
    return MIDNIGHT + timedelta(hours=n)


def shift(start: float, end: float, *, post: str = "associate", store: int = 1) -> ShiftPlan:
    return ShiftPlan(7, store, post, hour(start), hour(end))


def test_what_nobody_covers_is_left_over():
    opening = [(hour(10), hour(22))]
    assert uncovered(opening, [(hour(9), hour(12)), (hour(14), hour(18)), (hour(17), hour(20))]) == [
        (hour(12), hour(14)),
        (hour(20), hour(22)),
    ]
    assert uncovered(opening, []) == opening
    assert uncovered(opening, [(hour(10), hour(22))]) == []
    assert uncovered(opening, [(hour(22), hour(23)), (hour(8), hour(10))]) == opening


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda t: (t[0], t[0] + t[1])), max_size=6)


@given(spans)
def test_every_open_hour_is_either_covered_or_uncovered(covers):
    left = uncovered([(hour(10), hour(34))], [(hour(a), hour(b)) for a, b in covers])
    for n in range(10, 34):
        covered = any(a <= n < b for a, b in covers)
        assert any(start <= hour(n) < end for start, end in left) is not covered


@given(spans)
def test_time_at_work_counts_two_posts_at_once_only_once(stretches):
    hours = {n for a, b in stretches for n in range(a, b)}
    assert worked((hour(a), hour(b)) for a, b in stretches) == timedelta(hours=len(hours))


def test_a_shift_has_an_end_after_its_start_and_at_most_twelve_hours():
    assert fault_of(shift(10, 10), []) == (Fault.BACKWARDS, shift(10, 10))
    assert fault_of(shift(10, 22), []) is None
    assert fault_of(shift(10, 22.01), []) == (Fault.TOO_LONG, shift(10, 22.01))


def test_one_person_holds_one_post_in_one_store_at_a_time():
    there = shift(10, 18)
    assert fault_of(shift(17, 20), [there]) == (Fault.BUSY, there)
    assert fault_of(shift(18, 20), [there]) is None
    assert fault_of(shift(17, 20, post="greeter"), [there]) == (Fault.DOUBLE, there)
    assert fault_of(shift(17, 20, post="greeter"), [there], double=True) is None
    assert fault_of(shift(17, 20, post="greeter", store=2), [there], double=True) == (Fault.ELSEWHERE, there)


def test_shifts_that_touch_are_one_stretch_of_work():
    around = [shift(6, 10), shift(18, 20), shift(21, 23)]
    assert stretch_around(shift(10, 18), around) == (hour(6), hour(20))
    assert fault_of(shift(10, 18), around) == (Fault.STRETCH, shift(10, 18))
    assert fault_of(shift(10, 16), around) is None

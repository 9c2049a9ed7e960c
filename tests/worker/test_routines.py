from datetime import UTC, datetime, timedelta

import pytest

from clothier.worker.models import Routine as Row
from clothier.worker.routines import LEASE, Routine, earliest, enrol, every, nightly, run_one

pytestmark = pytest.mark.django_db


def test_a_routine_is_done_once_and_comes_back_at_its_time(saturday):
    left = [2, 1, 0, 0]
    routine = Routine("test", lambda: left.pop(0), every(minutes=5))
    enrol([routine])
    assert run_one([routine]) == 1
    assert left == [0]
    assert run_one([routine]) == 0
    assert earliest() == saturday.now() + timedelta(minutes=5)
    saturday.advance(300)
    assert run_one([routine]) == 1


def test_a_routine_whose_worker_died_is_taken_over_after_the_lease(saturday):
    def die() -> int:
        raise KeyboardInterrupt

    broken = Routine("test", die, every(minutes=5))
    enrol([broken])
    with pytest.raises(KeyboardInterrupt):
        run_one([broken])
    healthy = Routine("test", lambda: 0, every(minutes=5))
    assert run_one([healthy]) == 0
    saturday.advance(LEASE.total_seconds())
    assert run_one([healthy]) == 1


def test_enrolling_again_keeps_the_times_and_forgets_what_is_gone(saturday):
    kept, gone = (Routine(name, lambda: 0, every(minutes=5)) for name in ("kept", "gone"))
    enrol([kept, gone])
    run_one([kept, gone])
    enrol([kept])
    assert list(Row.objects.values_list("name", "due_at")) == [("kept", saturday.now() + timedelta(minutes=5))]


def test_the_night_is_half_past_four_in_shanghai():
    assert nightly(datetime(2026, 11, 14, 20, 29, tzinfo=UTC)) == datetime(2026, 11, 14, 20, 30, tzinfo=UTC)
    assert nightly(datetime(2026, 11, 14, 20, 30, tzinfo=UTC)) == datetime(2026, 11, 15, 20, 30, tzinfo=UTC)

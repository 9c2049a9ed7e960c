import threading
import time

import pytest

from clothier.kernel import clock
from clothier.worker import loop, services
from clothier.worker.loop import Chore, keep_doing
from clothier.worker.models import Beat
from clothier.worker.selectors import last_beat

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_chore_with_work_is_done_again_at_once_and_ends_when_told():
    stop, rounds = threading.Event(), []

    def run() -> int:
        rounds.append(len(rounds))
        if len(rounds) == 100:
            stop.set()
        return 1

    began = time.monotonic()
    keep_doing(Chore("test", run, lambda: None, longest=60), stop, lambda chore, worked: None)
    assert len(rounds) == 100
    assert time.monotonic() - began < 10


def test_a_chore_outlives_an_error(monkeypatch):
    monkeypatch.setattr(loop, "AFTER_ERROR", 0.0)
    stop, rounds = threading.Event(), []

    def run() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise ZeroDivisionError
        stop.set()
        return 0

    keep_doing(Chore("test", run, lambda: None, longest=0.01), stop, lambda chore, worked: None)
    assert len(rounds) == 2


def test_a_worker_gives_signs_of_life_and_takes_them_back_when_it_ends(monkeypatch):
    stop, alive = threading.Event(), []

    def run() -> int:
        if Beat.objects.exists():
            alive.append(last_beat())
            stop.set()
        return 0

    monkeypatch.setattr(services, "chores", lambda: [Chore("test", run, clock.now, longest=0.01)])
    services.work(stop)
    assert alive[0] is not None
    assert last_beat() is None


def test_what_is_due_in_other_hands_is_looked_at_again_without_spinning():
    stop, rounds, end = threading.Event(), [], time.monotonic() + 0.3

    def run() -> int:
        rounds.append(1)
        if time.monotonic() > end:
            stop.set()
        return 0

    keep_doing(Chore("test", run, clock.now, longest=60), stop, lambda chore, worked: None)
    assert 1 < len(rounds) <= 16

"""Several workers and web processes at once."""

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, transaction

from clothier.eventlog.models import Entry
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.standards.models import Promise, Timer
from clothier.standards.selectors import replay_differences
from clothier.standards.services import repair, sweep
from tests.standards.conftest import ANSWER, Asked, house_rules


def together(function, number: int = 2) -> list[Exception]:
    errors: list[Exception] = []
    barrier = threading.Barrier(number)

    def run() -> None:
        try:
            barrier.wait()
            function()
        except Exception as error:
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_make_one_promise():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")
    house_rules(ANSWER)

    def ask() -> None:
        with transaction.atomic():
            record(Asked(), subject=Ref("trial", 1), store=1)

    assert together(ask, 4) == []
    assert Promise.objects.count() == 1
    assert not list(replay_differences())


@pytest.mark.django_db(transaction=True)
def test_several_sweepers_break_every_promise_once():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")
    house_rules({**ANSWER, "within": "1s", "severity": {}, "tier": {}, "ladder": []})
    with transaction.atomic():
        for number in range(1, 51):
            record(Asked(), subject=Ref("trial", number), store=1)
    later = clock.now() + timedelta(seconds=5)
    assert together(lambda: sweep(later, limit=7), 4) == []
    sweep(later)
    assert Entry.objects.filter(type="promise.broken").count() == 50
    assert not Timer.objects.filter(fired_at__isnull=True).exists()
    assert repair(promise_ids=Promise.objects.values_list("pk", flat=True)) == 50
    assert Entry.objects.filter(type="promise.broken").count() == 50

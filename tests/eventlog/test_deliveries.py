from datetime import timedelta

import pytest
from django.db import transaction

from clothier.eventlog import contracts, deliveries
from clothier.eventlog.models import Delivery
from clothier.eventlog.services import record
from clothier.kernel.refs import Ref
from tests.eventlog.conftest import LampLit

pytestmark = pytest.mark.django_db


def light() -> int:
    with transaction.atomic():
        return record(LampLit(lamp_id=7), subject=Ref("lamp", 7)).pk


def test_a_handler_sees_an_event_once(seen):
    pk = light()
    assert deliveries.run_due() == 1
    assert deliveries.run_due() == 0
    assert seen == [pk]


def test_a_worker_that_died_gives_its_deliveries_back_after_the_lease(saturday, seen):
    pk = light()
    deliveries.claim()
    assert deliveries.run_due() == 0
    saturday.advance(deliveries.LEASE.total_seconds())
    assert deliveries.run_due() == 1
    assert seen == [pk]


def test_a_worker_that_overslept_its_lease_does_nothing(saturday, seen):
    pk = light()
    (late,) = deliveries.claim()
    saturday.advance(deliveries.LEASE.total_seconds())
    deliveries.run_due()
    assert deliveries.deliver(late) is False
    assert seen == [pk]


def test_a_failing_handler_backs_off_is_parked_and_can_be_retried(saturday, seen):
    @contracts.deferred("test.broken", LampLit.type)
    def broken(entry: contracts.Happening) -> None:
        raise ZeroDivisionError("no oil")

    light()
    for _ in range(deliveries.ATTEMPTS):
        deliveries.run_due()
        saturday.advance(timedelta(hours=2).total_seconds())
    assert len(seen) == 1
    parked = Delivery.objects.get()
    assert (parked.state, parked.attempts) == ("parked", deliveries.ATTEMPTS)
    assert "no oil" in parked.error
    assert deliveries.run_due() == 0
    deliveries.retry(delivery_id=parked.pk)
    assert deliveries.run_due() == 1


def test_an_idle_worker_looks_once_and_takes_no_write_lock(seen, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert deliveries.run_due() == 0


def test_claimed_deliveries_bring_their_entries_along(seen, django_assert_num_queries):
    pks = [light(), light()]
    claimed = deliveries.claim()
    with django_assert_num_queries(0):
        assert [delivery.entry.pk for delivery in claimed] == pks

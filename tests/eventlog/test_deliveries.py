from datetime import timedelta

import pytest
from django.db import connection, transaction

from clothier.eventlog import contracts, deliveries
from clothier.eventlog.models import Delivery
from clothier.eventlog.services import record
from clothier.kernel import clock
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


def test_a_handler_of_many_takes_them_in_one_go(seen):
    batches: list[list[int]] = []

    @contracts.deferred_together("test.many", LampLit.type)
    def take(entries: list[contracts.Happening]) -> None:
        batches.append([entry.id for entry in entries])

    pks = [light() for _ in range(3)]
    assert deliveries.run_due() == 6
    assert batches == [pks]
    assert seen == pks
    assert deliveries.run_due() == 0


def test_one_event_that_cannot_be_handled_waits_alone(seen):
    counted: list[int] = []
    pks = [light() for _ in range(3)]
    Delivery.objects.all().delete()

    @contracts.deferred_together("test.fragile", LampLit.type)
    def take(entries: list[contracts.Happening]) -> None:
        if pks[1] in [entry.id for entry in entries]:
            raise ZeroDivisionError
        counted.extend(entry.id for entry in entries)

    Delivery.objects.bulk_create(Delivery(entry_id=pk, handler="test.fragile", due_at=clock.now()) for pk in pks)
    deliveries.run_due()
    assert counted == [pks[0], pks[2]]
    assert list(Delivery.objects.values_list("entry_id", "attempts")) == [(pks[1], 1)]


def test_who_asks_for_known_customers_hears_of_nobody_else(seen):
    @contracts.deferred("test.known", LampLit.type, known=True)
    def known(entry: contracts.Happening) -> None:
        """Never called here."""

    with transaction.atomic():
        record(LampLit(lamp_id=1), subject=Ref("lamp", 1))
        record(LampLit(lamp_id=2), subject=Ref("lamp", 2), customer=5)
    owed = Delivery.objects.filter(handler="test.known").values_list("entry__customer_id", flat=True)
    assert list(owed) == [5]


def test_what_takes_long_is_got_ready_before_the_transaction(seen):
    depths = []

    def get_ready(entry: contracts.Happening) -> None:
        depths.append(("ready", len(connection.savepoint_ids)))

    @contracts.deferred("test.slow", LampLit.type, before=get_ready)
    def slow(entry: contracts.Happening) -> None:
        depths.append(("done", len(connection.savepoint_ids)))

    here = len(connection.savepoint_ids)
    light()
    deliveries.run_due()
    assert depths == [("ready", here), ("done", here + 1)]


def test_a_delivery_that_kills_its_worker_each_time_is_parked_and_takes_no_other_with_it(saturday, seen):
    before, killer, *after = [light() for _ in range(5)]

    def work() -> None:
        """Until nothing is due, or the killer is met: then nothing more happens, not even a failure."""
        while claimed := deliveries.claim():
            for delivery in claimed:
                if delivery.entry.id == killer:
                    return
                deliveries.deliver(delivery)

    for _ in range(deliveries.ATTEMPTS + 1):
        work()
        saturday.advance(deliveries.LEASE.total_seconds())
    assert seen == [before, *after]
    parked = Delivery.objects.get()
    assert (parked.entry_id, parked.state, parked.attempts) == (killer, "parked", deliveries.ATTEMPTS)
    assert parked.error.startswith("WorkerLost: claimed 8 times")
    deliveries.retry(delivery_id=parked.pk)
    assert deliveries.run_due() == 1
    assert seen[-1] == killer


def test_an_idle_worker_looks_once_and_takes_no_write_lock(seen, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert deliveries.run_due() == 0


def test_claimed_deliveries_bring_their_entries_along(seen, django_assert_num_queries):
    pks = [light(), light()]
    claimed = deliveries.claim()
    with django_assert_num_queries(0):
        assert [delivery.entry.id for delivery in claimed] == pks

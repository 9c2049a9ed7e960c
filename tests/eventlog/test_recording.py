import pytest
from django.db import transaction

from clothier.eventlog import contracts, selectors
from clothier.eventlog.models import Delivery, Entry
from clothier.eventlog.services import AlreadyRecorded, record
from clothier.kernel.refs import Ref
from tests.eventlog.conftest import LampLit

pytestmark = pytest.mark.django_db
LAMP = Ref("lamp", 7)


def light(key: str | None = None) -> Entry:
    with transaction.atomic():
        return record(LampLit(lamp_id=7), subject=LAMP, store=3, key=key)


def test_a_recorded_event_comes_back_typed(saturday, seen):
    light()
    entry = selectors.history(LAMP).get()
    assert entry.event == LampLit(lamp_id=7)
    assert (entry.store_id, entry.occurred_at, entry.recorded_at) == (3, saturday.now(), saturday.now())


def test_a_used_key_records_nothing_more(seen):
    light("phone-1")
    with pytest.raises(AlreadyRecorded):
        light("phone-1")
    assert Entry.objects.count() == 1
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(seen):
    with pytest.raises(RuntimeError):
        record(LampLit(lamp_id=7), subject=LAMP)
    assert Entry.objects.count() == 0


def test_an_inline_subscriber_that_fails_takes_the_event_with_it(seen):
    @contracts.inline(LampLit.type)
    def fail(entries: list[contracts.Happening]) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        light()
    assert Entry.objects.count() == 0

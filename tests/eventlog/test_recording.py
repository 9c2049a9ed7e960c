import pytest
from django.db import connection, transaction

from clothier.eventlog import contracts, selectors
from clothier.eventlog.models import Delivery, Entry
from clothier.eventlog.services import AlreadyRecorded, Note, record, record_all
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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so small a table whole")
def test_a_used_key_is_found_in_its_index_though_statistics_are_of_a_log_without_keys(django_assert_num_queries):
    with transaction.atomic():
        record_all(Note(LampLit(lamp_id=n), Ref("lamp", n)) for n in range(500))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        record(LampLit(lamp_id=7), subject=Ref("lamp", 7), key="one")
    with django_assert_num_queries(1) as asked:
        assert selectors.subjects_by_key(["one", "none", *map(str, range(500))], LampLit) == {"one": 7}
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked.captured_queries[0]["sql"])
        assert "entry_key_once" in str(cursor.fetchall())

"""The oldest events leave the log for files, each once, and nothing else does."""

from datetime import timedelta

import duckdb
import pytest
from django.db import transaction

from clothier.eventlog import archiving, contracts
from clothier.eventlog.archiving import archive
from clothier.eventlog.models import Delivery, Entry
from clothier.eventlog.services import record
from clothier.kernel.refs import Ref
from tests.eventlog.conftest import LampLit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lit(saturday, monkeypatch):
    """Five lamps, one a day, that no handler waits for."""
    monkeypatch.setattr(contracts, "_deferred", {})
    monkeypatch.setattr(contracts, "_inline", [])
    for lamp in range(1, 6):
        with transaction.atomic():
            record(LampLit(lamp_id=lamp), subject=Ref("lamp", lamp), store=3, key=f"lamp-{lamp}")
        saturday.advance(86_400)
    return saturday.now()


def lamps(folder) -> list[tuple]:
    asked = f"SELECT subject_id, key, payload->>'lamp_id', store_id FROM '{folder}/*.parquet' ORDER BY id"
    return duckdb.sql(asked).fetchall()


def test_what_is_old_enough_is_in_a_file_and_no_longer_in_the_log(lit, tmp_path):
    assert archive(lit - timedelta(days=3), folder=tmp_path) == 2
    assert lamps(tmp_path) == [(1, "lamp-1", "1", 3), (2, "lamp-2", "2", 3)]
    assert list(Entry.objects.order_by("id").values_list("subject_id", flat=True)) == [3, 4, 5]
    assert archive(lit - timedelta(days=3), folder=tmp_path) == 0


def test_moments_are_as_they_were(lit, tmp_path):
    occurred = [entry.occurred_at for entry in Entry.objects.order_by("id")]
    archive(lit, folder=tmp_path)
    asked = f"SELECT epoch_us(occurred_at), epoch_us(recorded_at) FROM '{tmp_path}/*.parquet' ORDER BY id"
    assert duckdb.sql(asked).fetchall() == [(int(at.timestamp() * 1_000_000),) * 2 for at in occurred]


def test_what_a_handler_has_yet_to_see_stays_and_all_after_it(lit, tmp_path):
    third = Entry.objects.get(subject_id=3)
    Delivery.objects.create(entry=third, handler="test.seen", due_at=lit)
    assert archive(lit, folder=tmp_path) == 2
    assert Entry.objects.count() == 3


def test_killed_between_file_and_deletion_nothing_is_lost_or_twice(lit, tmp_path, monkeypatch):
    def killed(first: int, last: int) -> int:
        Entry.objects.filter(pk=first).delete()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archiving, "_delete", killed)
        with pytest.raises(KeyboardInterrupt):
            archive(lit - timedelta(days=3), folder=tmp_path)
    assert Entry.objects.count() == 4
    assert archive(lit - timedelta(days=3), folder=tmp_path) == 1
    assert archive(lit, folder=tmp_path) == 3
    assert [lamp for lamp, *_rest in lamps(tmp_path)] == [1, 2, 3, 4, 5]
    assert not Entry.objects.exists()


def test_a_file_that_does_not_read_back_costs_no_event(lit, tmp_path, monkeypatch):
    whole = archiving.pq.write_table
    monkeypatch.setattr(archiving.pq, "write_table", lambda table, file, **how: whole(table.slice(1), file, **how))
    with pytest.raises(OSError, match="does not hold what was written"):
        archive(lit, folder=tmp_path)
    assert Entry.objects.count() == 5


def test_another_shops_file_of_the_same_numbers_costs_no_event(lit, tmp_path):
    assert archive(lit - timedelta(days=3), folder=tmp_path) == 2
    (file,) = tmp_path.iterdir()
    first = Entry.objects.order_by("id").first().pk
    file.rename(tmp_path / f"events-{first:015d}-{first + 1:015d}.parquet")
    with pytest.raises(OSError, match="holds other events under the same numbers"):
        archive(lit, folder=tmp_path)
    assert Entry.objects.count() == 3

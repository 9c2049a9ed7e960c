import pytest
from django.db import transaction

from clothier.eventlog import tail
from clothier.eventlog.models import Entry
from clothier.eventlog.services import record
from clothier.eventlog.tail import Tail
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from tests.eventlog.conftest import LampLit

pytestmark = pytest.mark.django_db


def light(lamp: int = 7, store: int = 3) -> int:
    with transaction.atomic():
        return record(LampLit(lamp_id=lamp), subject=Ref("lamp", lamp), store=store).pk


def appear(pk: int) -> None:
    """An entry with a chosen id, as if its transaction had begun early and committed late."""
    now = clock.now()
    fields = {"subject_kind": "lamp", "subject_id": 1, "payload": {}, "occurred_at": now, "recorded_at": now}
    Entry.objects.create(pk=pk, type="test.lamp_lit", **fields)


def ids(lines: list[tail.Line]) -> list[int]:
    return [line.id for line in lines]


def test_the_tail_tells_each_entry_once_in_order(seen):
    reader = Tail(tail.latest())
    first, second = light(1), light(2)
    assert ids(reader.poll()) == [first, second]
    assert reader.poll() == []


def test_an_entry_that_commits_after_a_later_one_is_told(seen):
    reader = Tail(100)
    appear(103)
    appear(101)
    assert ids(reader.poll()) == [101, 103]
    assert reader.settled == 101
    appear(102)
    assert ids(reader.poll()) == [102]
    assert reader.settled == 103


def test_an_id_that_was_rolled_back_is_forgotten_in_the_end(seen, monkeypatch):
    reader = Tail(100)
    appear(102)
    reader.poll()
    assert reader.settled == 100
    monkeypatch.setattr(tail, "PATIENCE", 0.0)
    assert reader.poll() == []
    assert (reader.settled, reader.gaps) == (102, {})


def test_after_a_rush_the_tail_jumps_to_the_end_and_says_so(seen, monkeypatch):
    monkeypatch.setattr(tail, "BATCH", 3)
    reader = Tail(100)
    for pk in range(101, 110):
        appear(pk)
    reader.poll()
    assert (reader.skipped, reader.high) == (True, 109)
    appear(110)
    assert ids(reader.poll()) == [110]
    assert reader.skipped is False

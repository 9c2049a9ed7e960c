"""Columns written are the rows that the ORM reads."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import columns

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 14, 12, 0, 0, 250_000, tzinfo=UTC)


def lamps(count: int, **more) -> dict:
    told = {
        "type": columns.same("lamp.lit", count),
        "subject_kind": columns.same("lamp", count),
        "subject_id": range(count),
        "occurred_at": columns.stamps([NOON] * count),
        "recorded_at": columns.stamps([NOON.astimezone(ZoneInfo("Asia/Shanghai"))] * count),
        "payload": [json.dumps({"name": "灯", "n": n}) for n in range(count)],
    }
    return {**told, **more}


@pytest.mark.parametrize("count", [0, 1, columns.BLOCK, 2 * columns.BLOCK + 3])
def test_rows_come_out_as_they_went_in_with_the_models_defaults(count):
    ids = columns.insert(Entry, lamps(count), count=count)
    rows = list(Entry.objects.order_by("id"))
    assert [row.pk for row in rows] == list(ids)
    told = [(row.subject_id, row.payload["n"], row.occurred_at, row.recorded_at, row.version, row.key) for row in rows]
    assert told == [(n, n, NOON, NOON, 1, None) for n in range(count)]


def test_reserved_keys_are_nobody_elses():
    kept = list(columns.reserve(Entry, 3))
    columns.insert(Entry, lamps(3, id=kept), count=3)
    following = columns.insert(Entry, lamps(2), count=2)
    assert set(kept).isdisjoint(following)
    Entry.objects.create(
        type="lamp.lit", subject_kind="lamp", subject_id=9, occurred_at=NOON, recorded_at=NOON, payload={}
    )
    assert Entry.objects.count() == 6


@pytest.mark.parametrize("count", [2, 2 * columns.BLOCK])
def test_a_used_key_is_an_integrity_error(count):
    with pytest.raises(IntegrityError), transaction.atomic():
        columns.insert(Entry, lamps(count, key=columns.same("k", count)), count=count)
    assert not Entry.objects.exists()


def test_columns_of_many_rows_are_set_by_key():
    ids = list(columns.insert(Entry, lamps(3), count=3))
    later = columns.stamps([NOON.replace(hour=13), None, NOON])
    columns.update(Entry, {"customer_id": [7, None, 8], "occurred_at": [later[0], later[2], later[2]]}, keys=ids)
    rows = Entry.objects.order_by("id").values_list("customer_id", "occurred_at")
    assert list(rows) == [(7, NOON.replace(hour=13)), (None, NOON), (8, NOON)]


def test_very_many_rows_are_set_as_few_are():
    count = 3 * columns.BLOCK
    ids = list(columns.insert(Entry, lamps(count), count=count))
    for _time in range(2):
        columns.update(Entry, {"customer_id": range(count), "key": [f"k{n}" for n in range(count)]}, keys=ids)
    assert list(Entry.objects.order_by("id").values_list("customer_id", "key")) == [(n, f"k{n}") for n in range(count)]


def test_many_values_are_one_parameter_and_moments_are_read_back():
    ids = columns.insert(Entry, lamps(3), count=3)
    condition, values = columns.among("subject_id", [0, 2])
    told = columns.instant("occurred_at")
    rows = columns.read(f"SELECT id, {told} FROM {columns.table(Entry)} WHERE {condition} ORDER BY id", values)
    assert [(pk, columns.moment_of(at)) for pk, at in rows] == [(ids[0], NOON), (ids[2], NOON)]
    assert len(values) == 1
    assert columns.moment_of(None) is None


def test_a_members_value_stands_for_an_enumeration_left_out():
    (entry,) = columns.insert(Entry, lamps(1), count=1)
    columns.insert(Delivery, {"entry_id": [entry], "handler": ["h"], "due_at": columns.stamps([NOON])}, count=1)
    assert Delivery.objects.get().state == "waiting"

"""Columns written are the rows that the ORM reads."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clothier.customers.models import Customer, Profile
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import columns
from clothier.kernel.columns.writing import BLOCK, HANDFUL
from clothier.kernel.filling import put_back, set_aside

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 14, 12, 0, 0, 250_000, tzinfo=UTC)
SECOND = 1_763_100_000  # 2025-11-14 06:00 UTC
MOMENT = datetime(2025, 11, 14, 6, tzinfo=UTC)


def lamps(count: int, **more) -> dict:
    told = {
        "type": columns.Every("lamp.lit"),
        "subject_kind": columns.Every("lamp"),
        "subject_id": range(count),
        "occurred_at": columns.Every(NOON),
        "recorded_at": [NOON.astimezone(ZoneInfo("Asia/Shanghai"))] * count,
        "payload": [json.dumps({"name": "灯", "n": n}) for n in range(count)],
    }
    return {**told, **more}


@pytest.mark.parametrize("count", [0, 1, HANDFUL + 1, BLOCK, 2 * BLOCK + 3])
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


@pytest.mark.parametrize("count", [2, 2 * BLOCK])
def test_a_used_key_is_an_integrity_error(count):
    with pytest.raises(IntegrityError), transaction.atomic():
        columns.insert(Entry, lamps(count, key=columns.Every("k")), count=count)
    assert not Entry.objects.exists()


def test_columns_of_many_rows_are_set_by_key():
    ids = list(columns.insert(Entry, lamps(3), count=3))
    later = NOON.replace(hour=13)
    columns.update(Entry, {"customer_id": [7, None, 8], "occurred_at": [later, NOON, NOON]}, keys=ids)
    rows = Entry.objects.order_by("id").values_list("customer_id", "occurred_at")
    assert list(rows) == [(7, later), (None, NOON), (8, NOON)]


def test_very_many_rows_are_set_as_few_are():
    count = 3 * BLOCK
    ids = list(columns.insert(Entry, lamps(count), count=count))
    for _time in range(2):
        columns.update(Entry, {"customer_id": np.arange(count), "key": [f"k{n}" for n in range(count)]}, keys=ids)
    assert list(Entry.objects.order_by("id").values_list("customer_id", "key")) == [(n, f"k{n}") for n in range(count)]


def test_columns_without_an_index_are_set_many_rows_at_once():
    count = 2 * BLOCK + 3
    ids = list(columns.insert(Entry, lamps(count), count=count))
    moments = np.arange(count) + SECOND
    changed = {"actor_id": [None, *range(1, count)], "recorded_at": moments, "version": columns.Every(3)}
    with CaptureQueriesContext(connection) as asked:
        columns.update(Entry, changed, keys=ids[::-1])
    assert len(asked) <= 4
    told = Entry.objects.order_by("-id").values_list("actor_id", "recorded_at", "version")
    assert list(told) == [(n or None, MOMENT + timedelta(seconds=n), 3) for n in range(count)]


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
    columns.insert(Delivery, {"entry_id": [entry], "handler": ["h"], "due_at": columns.Every(NOON)}, count=1)
    assert Delivery.objects.get().state == "waiting"


def customers(count: int) -> range:
    ids = columns.claim(Customer, count)
    told = {
        "id": ids,
        "person_id": ids,
        "name": [f"林{n}" for n in range(count)],
        "source": columns.Every("import"),
        "registered_at": np.arange(count) + SECOND,
        "key": [bytes([0, 255, n % 256]) for n in range(count)],
    }
    columns.insert(Customer, told, count=count)
    return ids


def test_arrays_arrive_whether_the_last_block_is_full_or_not():
    ids = customers(2 * BLOCK + 5)
    rows = list(Customer.objects.order_by("id"))
    assert [row.pk for row in rows] == list(ids)
    first, last = rows[0], rows[204]
    assert (first.name, first.registered_at, bytes(first.key), first.title) == ("林0", MOMENT, b"\0\xff\0", "")
    assert (last.name, bytes(last.key), last.external_id) == ("林204", bytes([0, 255, 204]), None)


def test_a_moment_that_never_came_is_none_and_numbers_have_their_defaults():
    (pk,) = customers(1)
    told = {"customer_id": [pk], "registered_at": columns.Every(MOMENT), "last_visit_at": np.array([columns.NEVER])}
    columns.insert(Profile, told, count=1)
    profile = Profile.objects.get(pk=pk)
    assert (profile.last_visit_at, profile.registered_at, profile.orders, profile.live) == (None, MOMENT, 0, True)


def test_text_arrives_as_it_was_written_quotes_breaks_and_nothing_at_all():
    said = ['他说："好"', "a,b\r\nc", "\\.", "", " %s ?1 "]
    columns.insert(Entry, lamps(5, type=said), count=5)
    assert list(Entry.objects.order_by("id").values_list("type", flat=True)) == said


def test_the_next_key_the_database_makes_comes_after_those_claimed():
    ids = customers(3)
    assert Customer.objects.create(name="周敏", source="store", registered_at=MOMENT).pk == ids.stop
    assert columns.claim(Customer, 2).start > ids.stop


def test_a_column_that_the_model_does_not_have_is_refused():
    with pytest.raises(KeyError, match="colour"):
        columns.insert(Entry, lamps(1, colour=["red"]), count=1)


def test_what_was_set_aside_comes_back_as_it_was():
    def known() -> dict[str, object]:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, Profile._meta.db_table)
        return {
            name: (row["columns"], row["unique"], row["foreign_key"]) for name, row in found.items() if row["index"]
        }

    before = known()
    statements = set_aside([Profile])
    assert "profile_layer" in before.keys() - known().keys()
    for statement in statements:
        put_back(statement)
    assert known() == before


@pytest.mark.parametrize("count", [1, HANDFUL, HANDFUL + 1])
def test_a_few_rows_of_arrays_arrive_as_many_do(count):
    seconds = SECOND + np.arange(count)
    ids = columns.insert(Entry, lamps(count, occurred_at=seconds), count=count)
    told = list(Entry.objects.order_by("id").values_list("pk", "occurred_at"))
    assert told == [(pk, MOMENT + timedelta(seconds=n)) for n, pk in enumerate(ids)]

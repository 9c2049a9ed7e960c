"""Arrays go into tables as the objects' own rows would have."""

from datetime import UTC, datetime

import numpy as np
import pytest
from django.db import connection

from clothier.customers.models import Customer, Profile
from clothier.eventlog.models import Entry
from clothier.kernel.arrays import NEVER, Every, first_free, load
from clothier.kernel.filling import put_back, set_aside

pytestmark = pytest.mark.django_db
NOON = 1_763_100_000  # 2025-11-14 06:00 UTC
MOMENT = datetime(2025, 11, 14, 6, tzinfo=UTC)


def load_customers(count: int) -> range:
    first = first_free(Customer)
    ids = range(first, first + count)
    told = {
        "id": ids,
        "person_id": ids,
        "name": [f"林{n}" for n in range(count)],
        "source": Every("import"),
        "registered_at": np.arange(count) + NOON,
        "key": [bytes([0, 255, n % 256]) for n in range(count)],
    }
    load(Customer, count, told)
    return ids


def test_every_row_arrives_whether_the_last_block_is_full_or_not(db):
    ids = load_customers(205)
    rows = list(Customer.objects.order_by("id"))
    assert [row.pk for row in rows] == list(ids)
    assert (rows[0].name, rows[0].registered_at, bytes(rows[0].key), rows[0].title) == ("林0", MOMENT, b"\0\xff\0", "")
    assert (rows[204].name, bytes(rows[204].key), rows[204].external_id) == ("林204", bytes([0, 255, 204]), None)


def test_a_moment_that_never_came_is_none_and_numbers_have_their_defaults(db):
    (pk,) = load_customers(1)
    told = {"customer_id": [pk], "registered_at": Every(NOON), "last_visit_at": np.array([NEVER])}
    load(Profile, 1, told)
    profile = Profile.objects.get(pk=pk)
    assert (profile.last_visit_at, profile.registered_at, profile.orders, profile.live) == (None, MOMENT, 0, True)


def test_json_arrives_as_it_was_written_and_keys_are_made_where_none_are_given(db):
    told = {
        "type": Every("test.told"),
        "subject_kind": Every("visit"),
        "subject_id": np.array([7, 8]),
        "occurred_at": np.array([NOON, NOON]),
        "recorded_at": Every(NOON),
        "payload": ['{"outcome": "bought"}', "{}"],
    }
    load(Entry, 2, told)
    first, second = Entry.objects.order_by("id")
    assert (first.payload, second.payload, second.pk) == ({"outcome": "bought"}, {}, first.pk + 1)


def test_the_next_key_the_database_makes_comes_after_those_given(db):
    ids = load_customers(3)
    assert Customer.objects.create(name="周敏", source="store", registered_at=MOMENT).pk == ids.stop


def test_what_was_set_aside_comes_back_as_it_was(db):
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

"""Rows inserted the quick way are the rows that bulk_create would have made."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from clothier.catalog.models import Style
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel.rows import FEW, delete, fetch, insert, insert_new, marks, new, update, upsert
from clothier.places.models import Region, Store

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 14, 12, 0, 0, 250_000, tzinfo=UTC)


def entry(number: int, *, key: str | None = None) -> Entry:
    return Entry(
        type="lamp.lit", subject_kind="lamp", subject_id=number, occurred_at=NOON, recorded_at=NOON, key=key,
        payload={"name": "灯", "n": [number, None, True]}, customer_id=number if number % 2 else None,
    )  # fmt: skip


def values() -> list[tuple]:
    return [row[1:] for row in Entry.objects.order_by("subject_id").values_list()]


@pytest.mark.parametrize("number", [4, FEW + 4])
def test_they_hold_the_same_values(number):
    Entry.objects.bulk_create(entry(n) for n in range(number))
    expected = values()
    Entry.objects.all().delete()
    insert([entry(n) for n in range(number)])
    assert values() == expected
    assert Entry.objects.get(subject_id=3).occurred_at == NOON


def test_each_gets_its_own_key():
    rows = [entry(n) for n in range(3 * FEW)]
    insert(rows)
    assert {row.pk: row.subject_id for row in rows} == dict(Entry.objects.values_list("pk", "subject_id"))
    insert([Delivery(entry=row, handler="count", due_at=NOON, state=Delivery.State.WAITING) for row in rows])
    assert set(Delivery.objects.values_list("entry__subject_id", "state")) == {(n, "waiting") for n in range(3 * FEW)}


def test_a_duplicate_is_refused_and_nothing_stays():
    insert([entry(1, key="once")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([entry(n, key="once" if n == FEW else None) for n in range(2 * FEW)])
    assert Entry.objects.count() == 1


def test_dates_and_foreign_keys_go_in_as_they_are():
    region = Region.objects.create(name="华东")
    insert([Store(code=f"s{n}", name="店", region=region, city="上海", opened_on=NOON.date()) for n in range(FEW)])
    assert set(Store.objects.values_list("region", "opened_on", "closed_on")) == {(region.pk, NOON.date(), None)}


def test_one_that_is_there_already_is_not_inserted_again_and_the_transaction_goes_on():
    first, again, other = Region(name="华东"), Region(name="华东"), Region(name="华南")
    assert [insert_new(row, unique=["name"]) for row in (first, again, other)] == [True, False, True]
    assert list(Region.objects.order_by("pk").values_list("pk", "name")) == [(first.pk, "华东"), (other.pk, "华南")]


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])


def test_rows_are_found_in_order_and_only_those_meant_are_deleted():
    insert([entry(n) for n in (3, 1, 2)])
    where = f"subject_id IN ({marks([3, 2])})"
    with transaction.atomic():
        rows = fetch(Entry, where, [3, 2], hold=True)
    assert [(row.subject_id, row.occurred_at, row.payload["n"]) for row in rows] == [
        (3, NOON, [3, None, True]),
        (2, NOON, [2, None, True]),
    ]
    delete(Entry, where, [3, 2])
    assert list(Entry.objects.values_list("subject_id", flat=True)) == [1]


def test_an_upsert_changes_what_is_there_and_adds_the_rest():
    region = Region.objects.create(name="华东")
    first = Store.objects.create(code="s1", name="老店", region=region, city="上海")
    rows = [Store(code=f"s{n}", name="新店", region=region, city="杭州") for n in (1, 2)]
    upsert(rows, unique=["code"], update=["name"])
    assert list(Store.objects.values_list("code", "name", "city")) == [("s1", "新店", "上海"), ("s2", "新店", "杭州")]
    assert Store.objects.get(code="s1").pk == first.pk


def test_a_new_row_has_the_defaults_and_no_row_shares_a_list_with_another():
    one, other = new(Delivery, handler="count"), new(Delivery, attempts=3)
    assert (one.state, one.attempts, one.handler, one.pk, one.entry_id) == ("waiting", 0, "count", None, None)
    assert (other.attempts, other.handler) == (3, "")
    knit, coat = new(Style), new(Style)
    knit.fabric["wool"] = 90
    assert coat.fabric == {}
    with pytest.raises(TypeError, match="Delivery has no colour"):
        new(Delivery, colour="red")


@pytest.mark.parametrize("number", [1, FEW + 4])
def test_rows_are_changed_by_their_keys(number):
    rows = [entry(n) for n in range(number + 1)]
    insert(rows)
    for row in rows[1:]:
        row.store_id, row.payload, row.recorded_at = row.subject_id * 10, {"n": [row.subject_id]}, NOON.replace(hour=13)
    assert update(rows[1:], ("store_id", "payload", "recorded_at")) == number
    found = Entry.objects.order_by("subject_id").values_list("store_id", "payload", "recorded_at", "occurred_at")
    assert found[0] == (None, {"name": "灯", "n": [0, None, True]}, NOON, NOON)
    assert found[number] == (number * 10, {"n": [number]}, NOON.replace(hour=13), NOON)
    assert update([], ("store_id",)) == 0

"""Encounters counted by the batch: whole columns to the database, and no model instance on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from operator import attrgetter, not_
from typing import Any

from django.db import connection, transaction

from clothier.customers.contracts import Deed
from clothier.customers.models import Customer, Encounter, Profile
from clothier.customers.selectors.counting import lifetimes
from clothier.customers.services import figures, recounting
from clothier.customers.standing import ladder
from clothier.kernel import columns


@dataclass(slots=True)
class Sums:
    """The columns of a profile that encounters change, by the profile's names."""

    pk: int
    layer: str
    store_id: int | None
    currency: str
    orders: int
    returns: int
    items: int
    visits: int
    fittings: int
    spend_fen: int
    margin_fen: int
    window_orders: int
    window_spend_fen: int
    window_margin_fen: int
    window_seconds: int
    purchase_days: int
    first_day: int | None
    last_day: int | None
    first_day_fen: int
    repeat_fen: int
    layer_since: datetime | None
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    last_visit_at: datetime | None
    window_oldest_at: datetime | None
    next_layer_change_at: datetime | None


_NAMES = Sums.__slots__
_TIMES = frozenset(name for name in _NAMES if name.endswith(("_at", "_since")))
# The columns as they were read, by their names.
_Before = dict[str, list[Any]]


def count(deeds: Sequence[Deed], *, fresh: bool) -> int:
    """Count encounters that were not counted before, in one transaction; how many those were. `fresh`: none was."""
    with transaction.atomic(savepoint=False):
        known = set() if fresh else _known(deeds)
        new = list({(deed.kind, deed.ref_id): deed for deed in deeds if (deed.kind, deed.ref_id) not in known}.values())
        person_of = _people({deed.customer_id for deed in new})
        _insert(new)
        _add(new, person_of)
    return len(new)


def recount(people: Iterable[int]) -> None:
    """Count persons' figures from what is left of their encounters; call it in the transaction that took some away."""
    limits = ladder()
    kept, before = _sums(set(people))
    rows = lifetimes(person.pk for person in kept)
    stores = _latest_stores([person.pk for person in kept])
    for person in kept:
        recounting.put_lifetime(person, rows.get(person.pk))
        person.store_id = stores.get(person.pk)
    recounting.recount_windows(kept, limits)
    moves = figures.settle(kept, limits)
    _write(kept, before)
    # Nothing is expected of somebody who, as it turns out, never bought.
    lost = [person.pk for person in kept if not person.orders]
    Profile.objects.filter(pk__in=lost, predicted_at__isnull=False).update(**dict.fromkeys(figures.PREDICTED))
    figures.tell(moves)


def look_again(people: Iterable[int]) -> None:
    """Put persons' windows and layers right as of now; call it in a transaction."""
    limits = ladder()
    rows, before = _sums(set(people))
    recounting.recount_windows(rows, limits)
    moves = figures.settle(rows, limits)
    _write(rows, before)
    figures.tell(moves)


def _latest_stores(people: list[int]) -> dict[int, int | None]:
    """Where each was last; where they were registered when they were nowhere since."""
    stores: dict[int, int | None] = dict(Customer.objects.filter(pk__in=people).values_list("pk", "store_id"))
    counted = Encounter.objects.filter(customer__person_id__in=people)
    seen = counted.exclude(store_id=None).order_by("occurred_at", "id")
    for person, store in seen.values_list("customer__person_id", "store_id"):
        stores[person or 0] = store
    return stores


def _known(deeds: Sequence[Deed]) -> set[tuple[str, int]]:
    condition, values = columns.among("ref_id", [deed.ref_id for deed in deeds])
    statement = f"SELECT kind, ref_id FROM {columns.table(Encounter)} WHERE {condition}"  # noqa: S608
    return {(kind, ref_id) for kind, ref_id in columns.read(statement, values)}


def _people(records: Iterable[int]) -> dict[int, int]:
    """Whose each record is; records are locked in one order, so that no two batches wait for each other."""
    condition, values = columns.among("id", sorted(records))
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    table = columns.table(Customer)
    statement = f"SELECT id, COALESCE(person_id, id) FROM {table} WHERE {condition} ORDER BY id{lock}"  # noqa: S608
    return dict(columns.read(statement, values))


def _insert(fresh: Sequence[Deed]) -> None:
    columns.insert(
        Encounter,
        {
            "customer_id": [deed.customer_id for deed in fresh],
            "kind": [str(deed.kind) for deed in fresh],
            "ref_id": [deed.ref_id for deed in fresh],
            "store_id": [deed.store_id for deed in fresh],
            "occurred_at": [deed.occurred_at for deed in fresh],
            "items": [deed.items for deed in fresh],
            "spend_fen": [deed.spend_fen for deed in fresh],
            "margin_fen": [deed.margin_fen for deed in fresh],
        },
        count=len(fresh),
    )


def _add(fresh: Sequence[Deed], person_of: Mapping[int, int]) -> None:
    """Add the batch to its people's figures. Their rows are locked, so that nothing added meanwhile is lost."""
    limits = ladder()
    people, before = _sums(set(person_of.values()))
    sums = {person.pk: person for person in people}
    outdated = [person for person in people if figures.outdated(person, limits)]
    unclear: dict[int, Sums] = {}
    for deed in fresh:
        person = sums[person_of[deed.customer_id]]
        if figures.add(person, deed, limits):
            unclear[person.pk] = person
        person.store_id = deed.store_id or person.store_id
        person.currency = deed.currency or person.currency
    recounting.recount_days(list(unclear.values()))
    recounting.recount_windows(outdated, limits)
    moves = figures.settle(people, limits)
    _write(people, before)
    figures.tell(moves)


def _sums(people: set[int]) -> tuple[list[Sums], _Before]:
    """People's figures, locked; and the columns they stand in, to see afterwards what has changed."""
    condition, values = columns.among("customer_id", sorted(people))
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    told = ", ".join(columns.instant(name) if name in _TIMES else name for name in _NAMES[1:])
    table = columns.table(Profile)
    statement = f"SELECT customer_id, {told} FROM {table} WHERE {condition} ORDER BY customer_id{lock}"  # noqa: S608
    read = zip(_NAMES, zip(*columns.read(statement, values), strict=True), strict=False)
    before = {name: list(map(columns.moment_of, column) if name in _TIMES else column) for name, column in read}
    return list(map(Sums, *before.values())) if before else [], before


def _write(people: Sequence[Sums], before: _Before) -> None:
    """Only columns that changed, and those who changed layer apart: a column named pays for its index in every row."""
    if not people:
        return
    moved = [person.layer != layer for person, layer in zip(people, before["layer"], strict=True)]
    for chosen in (moved, list(map(not_, moved))):
        some = list(compress(people, chosen))
        told = {name: list(map(attrgetter(name), some)) for name in _NAMES[1:]}
        changed = {name: cells for name, cells in told.items() if cells != list(compress(before[name], chosen))}
        if changed:
            columns.update(Profile, changed, keys=[one.pk for one in some])

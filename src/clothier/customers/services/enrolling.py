"""Registration by the batch: whole columns to the database, and no model instance on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from clothier.customers.contracts import NewCustomer
from clothier.customers.events import CustomerRegistered
from clothier.customers.models import Customer, Identifier, Profile
from clothier.customers.rules.identifiers import PROVING, Kind, Malformed, normal
from clothier.customers.services import identity
from clothier.customers.services.records import insert_identifiers, insert_records
from clothier.customers.services.registration import first_layer
from clothier.eventlog.services import record_alike
from clothier.kernel import clock, columns
from clothier.kernel.vault import FreshKey, fresh_keys


@dataclass
class Registered:
    """What a bulk registration did: ids by external number, which of them were new, identifiers that were none."""

    ids: dict[str, int] = field(default_factory=dict)
    created: int = 0
    new: set[str] = field(default_factory=set)
    malformed: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Told:
    """An identifier in its normal form, and whose it is."""

    customer: int
    key: FreshKey
    value: str
    verified: bool


def enrol(told: Sequence[NewCustomer], source: str, done: Registered, *, resolve: bool) -> None:
    """Register whom this source has not told of before, in one transaction, and say so in `done`."""
    with transaction.atomic():
        done.ids.update(_known(source, [row.external_id for row in told]))
        fresh = list({row.external_id: row for row in told if row.external_id not in done.ids}.values())
        ids = columns.reserve(Customer, len(fresh)) if fresh else []
        if fresh:
            _create(fresh, ids, source, done, resolve=resolve)
    done.ids.update((row.external_id, pk) for row, pk in zip(fresh, ids, strict=True))
    done.created += len(fresh)
    done.new.update(row.external_id for row in fresh)


def _create(fresh: list[NewCustomer], ids: Sequence[int], source: str, done: Registered, *, resolve: bool) -> None:
    now, count = clock.now(), len(fresh)
    keys = fresh_keys(count)
    registered = [row.registered_at or now for row in fresh]
    stores = [row.store for row in fresh]
    records: columns.Columns = {
        "title": [row.title for row in fresh],
        "external_id": [row.external_id for row in fresh],
        "store_id": stores,
        "registered_at": registered,
    }
    insert_records(ids, [row.name.strip() for row in fresh], keys, source, records)
    _insert_profiles(ids, stores, registered)
    strong = _insert_identifiers(_identifiers(fresh, ids, keys, done), source, now)
    record_alike(
        CustomerRegistered,
        ({"customer_id": pk, "source": source} for pk in ids),
        subject_kind="customer",
        subjects=ids,
        customers=ids,
        stores=stores,
        actors=[None] * count,
        occurred_at=registered,
    )
    if resolve and strong:
        _resolve(strong)


def _known(source: str, numbers: list[str]) -> dict[str, int]:
    condition, values = columns.among("external_id", numbers)
    statement = f"SELECT external_id, id FROM {columns.table(Customer)} WHERE source = %s AND {condition}"  # noqa: S608
    return dict(columns.read(statement, [str(source), *values]))


def _insert_profiles(ids: Sequence[int], stores: list[int | None], registered: list[datetime]) -> None:
    told: columns.Columns = {
        "customer_id": ids,
        "layer": columns.Every(first_layer()),
        "layer_since": registered,
        "registered_at": registered,
        "store_id": stores,
    }
    columns.insert(Profile, told, count=len(ids))


def _identifiers(
    fresh: list[NewCustomer], ids: Sequence[int], keys: list[FreshKey], done: Registered
) -> dict[Kind, list[_Told]]:
    """Every identifier once a record, by kind; what is none is left out and named."""
    found: dict[tuple[int, Kind, str], _Told] = {}
    for row, pk, key in zip(fresh, ids, keys, strict=True):
        for item in row.identifiers:
            try:
                value = normal(item.kind, item.value)
            except Malformed:
                done.malformed.append((row.external_id, item.kind))
                continue
            found.setdefault((pk, item.kind, value), _Told(pk, key, value, item.verified))
    by_kind: dict[Kind, list[_Told]] = {}
    for (_pk, kind, _value), told in found.items():
        by_kind.setdefault(kind, []).append(told)
    return by_kind


def _insert_identifiers(identifiers: dict[Kind, list[_Told]], source: str, now: datetime) -> list[int]:
    """The ids of those that prove a person."""
    proving: list[int] = []
    for kind, told in identifiers.items():
        numbers = insert_identifiers(
            kind,
            [item.value for item in told],
            customers=[item.customer for item in told],
            keys=[item.key for item in told],
            verified=[now if item.verified else None for item in told],
            source=source,
            now=now,
        )
        if kind in PROVING:
            proving += numbers
    return proving


def _resolve(numbers: Sequence[int]) -> None:
    """Only identifiers that somebody else holds too are looked at one by one: in a clean file that is nobody's."""
    condition, values = columns.among("i.id", numbers)
    table = columns.table(Identifier)
    other = f"SELECT 1 FROM {table} o WHERE o.hash = i.hash AND o.id <> i.id"  # noqa: S608 - our own names
    shared = columns.read(f"SELECT i.id FROM {table} i WHERE {condition} AND EXISTS ({other})", values)  # noqa: S608
    for row in Identifier.objects.filter(pk__in=[pk for (pk,) in shared]).order_by("hash", "pk"):
        identity.resolve(row)

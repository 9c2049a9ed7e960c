"""Registration by the batch: whole columns to the database, and no model instance on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from django.db import transaction

from clothier.customers import sealing
from clothier.customers.contracts import NewCustomer
from clothier.customers.events import CustomerRegistered
from clothier.customers.models import Customer, Identifier, Profile
from clothier.customers.rules import names
from clothier.customers.rules.identifiers import PROVING, Kind, Malformed, normal, tail
from clothier.customers.services import identity
from clothier.customers.services.registration import KEY_COLUMNS, first_layer
from clothier.eventlog.services import record_alike
from clothier.kernel import clock, columns
from clothier.kernel.vault import FreshKey


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
    kind: Kind
    value: str
    hash: str
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
    keys = [FreshKey() for _row in fresh]
    registered = [row.registered_at or now for row in fresh]
    stores = [row.store for row in fresh]
    _insert_records(fresh, ids, keys, source, registered)
    _insert_profiles(ids, stores, registered)
    identifiers = _identifiers(fresh, ids, keys, done)
    numbers = _insert_identifiers(identifiers, source, now)
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
    if resolve:
        _resolve(identifiers, numbers)


def _known(source: str, numbers: list[str]) -> dict[str, int]:
    condition, values = columns.among("external_id", numbers)
    statement = f"SELECT external_id, id FROM {columns.table(Customer)} WHERE source = %s AND {condition}"  # noqa: S608
    return dict(columns.read(statement, [str(source), *values]))


def _insert_records(
    fresh: list[NewCustomer], ids: Sequence[int], keys: list[FreshKey], source: str, registered: list[datetime]
) -> None:
    full = [row.name.strip() for row in fresh]
    found = list(map(attrgetter(*KEY_COLUMNS), map(names.keys, full)))
    told: columns.Columns = {
        "id": ids,
        # A record is a person of its own until a link says otherwise.
        "person_id": ids,
        "name": full,
        "title": [row.title for row in fresh],
        "source": columns.Every(str(source)),
        "external_id": [row.external_id for row in fresh],
        "store_id": [row.store for row in fresh],
        "registered_at": registered,
        "key": [key.wrapped for key in keys],
        **dict(zip(KEY_COLUMNS, zip(*found, strict=True), strict=True)),
    }
    columns.insert(Customer, told, count=len(fresh))


def _insert_profiles(ids: Sequence[int], stores: list[int | None], registered: list[datetime]) -> None:
    told: columns.Columns = {
        "customer_id": ids,
        "layer": columns.Every(first_layer()),
        "layer_since": registered,
        "registered_at": registered,
        "store_id": stores,
    }
    columns.insert(Profile, told, count=len(ids))


def _identifiers(fresh: list[NewCustomer], ids: Sequence[int], keys: list[FreshKey], done: Registered) -> list[_Told]:
    """Every identifier once a record; what is none is left out and named."""
    found: dict[tuple[int, str], _Told] = {}
    for row, pk, key in zip(fresh, ids, keys, strict=True):
        for item in row.identifiers:
            try:
                value = normal(item.kind, item.value)
            except Malformed:
                done.malformed.append((row.external_id, item.kind))
                continue
            hashed = sealing.identifier_hash(item.kind, value)
            found.setdefault((pk, hashed), _Told(pk, key, item.kind, value, hashed, item.verified))
    return list(found.values())


def _insert_identifiers(identifiers: list[_Told], source: str, now: datetime) -> Sequence[int]:
    tails = [tail(item.kind, item.value) for item in identifiers]
    told: columns.Columns = {
        "customer_id": [item.customer for item in identifiers],
        "kind": [item.kind.value for item in identifiers],
        "hash": [item.hash for item in identifiers],
        "tail": [sealing.tail_hash(digits) if digits else None for digits in tails],
        "sealed": [item.key.seal(item.value) for item in identifiers],
        "verified_at": [now if item.verified else None for item in identifiers],
        "source": columns.Every(str(source)),
        "added_at": columns.Every(now),
    }
    return columns.insert(Identifier, told, count=len(identifiers))


def _resolve(identifiers: list[_Told], numbers: Sequence[int]) -> None:
    """Only identifiers that somebody else holds too are looked at one by one: in a clean file that is nobody's."""
    strong = [item.hash for item in identifiers if item.kind in PROVING]
    condition, values = columns.among("hash", strong)
    grouped = f"FROM {columns.table(Identifier)} WHERE {condition} GROUP BY hash HAVING COUNT(*) > 1"
    shared = {hashed for (hashed,) in columns.read(f"SELECT hash {grouped}", values)} if strong else set()
    ours = [number for item, number in zip(identifiers, numbers, strict=True) if item.hash in shared]
    for row in Identifier.objects.filter(pk__in=ours).order_by("hash", "pk"):
        identity.resolve(row)

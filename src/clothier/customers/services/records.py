"""Records and identifiers by the column: what a bulk registration and a history write alike."""

from collections.abc import Sequence
from datetime import datetime

from clothier.customers import sealing
from clothier.customers.models import Customer, Identifier
from clothier.customers.rules import names
from clothier.customers.rules.identifiers import Kind, tail
from clothier.kernel import columns
from clothier.kernel.vault import FreshKey


def insert_records(
    ids: Sequence[int], called: Sequence[str], keys: Sequence[FreshKey], source: str, told: columns.Columns
) -> None:
    """New records, each a person of its own until a link says otherwise; `told` are their other columns."""
    found = zip(*map(names.keys, called), strict=True)
    records: columns.Columns = {
        "id": ids,
        "person_id": ids,
        "name": called,
        "source": columns.Every(str(source)),
        "key": [key.wrapped for key in keys],
        **dict(zip(names.NameKeys._fields, found, strict=True)),
        **told,
    }
    columns.insert(Customer, records, count=len(ids))


def insert_identifiers(
    kind: Kind,
    values: Sequence[str],
    *,
    customers: Sequence[int],
    keys: Sequence[FreshKey],
    verified: columns.Cells,
    source: str,
    now: datetime,
) -> Sequence[int]:
    """Identifiers of one kind in their normal form, sealed with each person's key; their ids."""
    hashed = sealing.identifier_hasher(kind)
    told: columns.Columns = {
        "customer_id": customers,
        "kind": columns.Every(kind.value),
        "hash": [hashed(value) for value in values],
        "tail": [sealing.tail_hash(digits) if digits else None for digits in (tail(kind, value) for value in values)],
        "sealed": [key.seal(value) for key, value in zip(keys, values, strict=True)],
        "verified_at": verified,
        "source": columns.Every(str(source)),
        "added_at": columns.Every(now),
    }
    return columns.insert(Identifier, told, count=len(values))

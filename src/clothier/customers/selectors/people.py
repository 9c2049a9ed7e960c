"""Which record, which person, which identifiers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from clothier.customers import sealing
from clothier.customers.contracts import member_codes
from clothier.customers.models import Customer, Identifier, Source
from clothier.customers.rules.identifiers import Kind, Malformed, masked, normal
from clothier.kernel import columns, vault
from clothier.kernel.rows import prepared

_KINDS, _SOURCES = dict(Identifier.Kinds.choices), dict(Source.choices)


@dataclass(frozen=True, slots=True)
class IdentifierView:
    """An identifier as a page shows it: masked."""

    id: int
    customer_id: int
    kind: str
    kind_name: str
    shown: str
    verified_at: datetime | None
    source: str


def person_of(customer_id: int) -> int | None:
    """The record that stands for this record's person; None when there is no such record."""
    return next(iter(_person(customer=customer_id)), None)


@prepared
def _person(customer: int) -> "QuerySet[Customer, int | None]":
    return person_row(customer)


def person_row(customer_id: int) -> "QuerySet[Customer, int | None]":
    """As `person_of`, to be asked inside another question."""
    return Customer.objects.filter(pk=customer_id).values_list("person_id", flat=True)


def records_of(customer_id: int) -> list[int]:
    """All records of this record's person, oldest first."""
    person = "(SELECT person_id FROM customers_customer WHERE id = %s)"
    statement = f"SELECT id FROM customers_customer WHERE person_id = {person} ORDER BY id"  # noqa: S608
    return [pk for (pk,) in columns.read(statement, [customer_id])]


def records_of_all(customers: Iterable[int]) -> list[int]:
    """All records of these records' people, in one query."""
    condition, values = columns.among("id", customers)
    people = f"SELECT person_id FROM customers_customer WHERE {condition}"  # noqa: S608
    statement = f"SELECT id FROM customers_customer WHERE person_id IN ({people}) ORDER BY id"  # noqa: S608
    return [pk for (pk,) in columns.read(statement, values)]


def own_records(person_id: int) -> list[int]:
    """As `records_of`, of the record that stands for its person."""
    statement = "SELECT id FROM customers_customer WHERE person_id = %s ORDER BY id"
    return [pk for (pk,) in columns.read(statement, [person_id])]


def likeness_sql() -> str:
    """Every record of everybody with its person's store and value layer, for reports: no name, no contact."""
    told = "r.id AS record_id, p.customer_id AS person_id, p.store_id, p.layer"
    people = "customers_profile p JOIN customers_customer r ON r.person_id = p.customer_id"
    return f"SELECT {told} FROM {people} WHERE p.live"  # noqa: S608 - our own names


def birthday_this_month(records: Iterable[int], today: date) -> bool:
    """Whether one of a person's records has a birthday in the month of this day. Birthdays stay sealed: the month's
    days are asked for by their keyed hashes.
    """
    days, values = columns.among("birth_key", [sealing.birth_hash(f"{today:%m}-{day:02d}") for day in range(1, 32)])
    whose, ids = columns.among("id", records)
    return bool(columns.read(f"SELECT 1 FROM customers_customer WHERE {whose} AND {days}", [*ids, *values]))  # noqa: S608


def is_living(customer_id: int) -> bool:
    """There is such a record, and it has not been erased."""
    return Customer.objects.filter(pk=customer_id, erased_at=None).exists()


def own_name(customer_id: int) -> str:
    """The name a customer reads on a page of their own."""
    return Customer.objects.filter(pk=customer_id).values_list("name", flat=True).first() or ""


def by_identifier(kind: Kind | str, value: str, *, at: datetime | None = None) -> int | None:
    """The person an identifier points at, a verified holder before others; None when nobody or malformed.

    A member is also known by the changing code that their phone shows at a moment (now).
    """
    if kind == Kind.MEMBER and (person := member_codes.read(value, at)) is not None:
        return person
    hashed = _hash(kind, value)
    held = Identifier.objects.filter(hash=hashed, kind=kind) if hashed else Identifier.objects.none()
    best = held.order_by(F("verified_at").asc(nulls_last=True), "pk")
    return best.values_list("customer__person_id", flat=True).first()


def by_proven(kind: Kind, value: str) -> int | None:
    """The person who proved that an identifier is theirs; nobody by what was only told at a counter."""
    hashed = _hash(kind, value)
    held = Identifier.objects.filter(hash=hashed, kind=kind, verified_at__isnull=False, customer__erased_at=None)
    return held.order_by("verified_at", "pk").values_list("customer__person_id", flat=True).first() if hashed else None


def people_of(customers: Iterable[int]) -> dict[int, int]:
    """As `person_of`, for many at once; records that are not there are missing."""
    which, values = columns.among("id", customers)
    statement = f"SELECT id, person_id FROM customers_customer WHERE {which} AND person_id IS NOT NULL"  # noqa: S608
    return dict(columns.read(statement, values))


def by_identifiers(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """As `by_identifier`, for many (kind, value) at once; what points at nobody, or is malformed, is missing."""
    hashes = {pair: _hash(*pair) for pair in pairs}
    held = Identifier.objects.filter(hash__in=[hashed for hashed in hashes.values() if hashed])
    # The best holder comes last, and stays.
    rows = held.order_by(F("verified_at").desc(nulls_first=True), "-pk")
    best = {(hashed, kind): person for hashed, kind, person in rows.values_list("hash", "kind", "customer__person_id")}
    found = {pair: person for pair, hashed in hashes.items() if (person := best.get((hashed or "", pair[0])))}
    shown = {pair: member_codes.read(pair[1], None) for pair in hashes if pair[0] == Kind.MEMBER}
    return found | {pair: person for pair, person in shown.items() if person is not None}


def by_external(source: str, external_id: str) -> int | None:
    """The record registered from a source under this number."""
    return Customer.objects.filter(source=source, external_id=external_id).values_list("pk", flat=True).first()


def identifiers_of(people: Iterable[int], *, kinds: Iterable[str] = ()) -> dict[int, list[IdentifierView]]:
    """Masked identifiers by person, verified ones first."""
    condition, values = columns.among("c.person_id", people)
    if wanted := [str(kind) for kind in kinds]:
        more, chosen = columns.among("i.kind", wanted)
        condition, values = f"{condition} AND {more}", [*values, *chosen]
    rows = columns.read(f"{_held()} WHERE {condition} ORDER BY i.verified_at IS NULL, i.verified_at, i.id", values)
    shown: dict[int, list[IdentifierView]] = defaultdict(list)
    seen = set[tuple[int, str]]()
    for person, key, hashed, *row in rows:
        # Two records of a person often hold the same phone: it is shown once, as the verified one.
        if key is not None and (person, hashed) not in seen:
            seen.add((person, hashed))
            shown[person].append(_view(bytes(key), *row))
    return shown


def _held() -> str:
    verified = columns.instant("i.verified_at")
    told = f"SELECT c.person_id, c.key, i.hash, i.id, i.customer_id, i.kind, i.sealed, {verified}, i.source"
    return f"{told} FROM customers_customer c JOIN customers_identifier i ON i.customer_id = c.id"


def _hash(kind: Kind | str, value: str) -> str | None:
    """What an identifier is found by; None for a malformed one."""
    try:
        return sealing.identifier_hash(Kind(kind), normal(Kind(kind), value))
    except Malformed:
        return None


def _view(key: bytes, pk: int, customer: int, kind: str, sealed: str, verified: Any, source: str) -> IdentifierView:
    return IdentifierView(
        pk,
        customer,
        kind,
        str(_KINDS.get(kind, kind)),
        masked(Kind(kind), vault.unseal(key, sealed)),
        columns.moment_of(verified),
        str(_SOURCES.get(source, source)),
    )

"""Which record, which person, which identifiers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from clothier.customers import sealing
from clothier.customers.models import Customer, Identifier
from clothier.customers.rules.identifiers import Kind, Malformed, masked, normal


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
    return Customer.objects.filter(pk=customer_id).values_list("person_id", flat=True).first()


def records_of(customer_id: int) -> list[int]:
    """All records of this record's person, oldest first."""
    same = Customer.objects.filter(person__records=customer_id)
    return list(same.order_by("pk").values_list("pk", flat=True))


def by_identifier(kind: Kind | str, value: str) -> int | None:
    """The person an identifier points at, a verified holder before others; None when nobody or malformed."""
    hashed = _hash(kind, value)
    held = Identifier.objects.filter(hash=hashed, kind=kind) if hashed else Identifier.objects.none()
    best = held.order_by(F("verified_at").asc(nulls_last=True), "pk")
    return best.values_list("customer__person_id", flat=True).first()


def people_of(customers: Iterable[int]) -> dict[int, int]:
    """As `person_of`, for many at once; records that are not there are missing."""
    rows = Customer.objects.filter(pk__in=list(customers)).values_list("pk", "person_id")
    return {pk: person for pk, person in rows if person is not None}


def by_identifiers(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """As `by_identifier`, for many (kind, value) at once; what points at nobody, or is malformed, is missing."""
    hashes = {pair: _hash(*pair) for pair in pairs}
    held = Identifier.objects.filter(hash__in=[hashed for hashed in hashes.values() if hashed])
    # The best holder comes last, and stays.
    rows = held.order_by(F("verified_at").desc(nulls_first=True), "-pk")
    best = {(hashed, kind): person for hashed, kind, person in rows.values_list("hash", "kind", "customer__person_id")}
    return {pair: person for pair, hashed in hashes.items() if (person := best.get((hashed or "", pair[0])))}


def by_external(source: str, external_id: str) -> int | None:
    """The record registered from a source under this number."""
    return Customer.objects.filter(source=source, external_id=external_id).values_list("pk", flat=True).first()


def identifiers_of(people: Iterable[int], *, kinds: Iterable[str] = ()) -> dict[int, list[IdentifierView]]:
    """Masked identifiers by person, verified ones first."""
    rows = Identifier.objects.filter(customer__person__in=list(people)).select_related("customer")
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    shown: dict[int, list[IdentifierView]] = defaultdict(list)
    seen = set[tuple[int, str]]()
    for row in rows.order_by(F("verified_at").asc(nulls_last=True), "pk"):
        person = row.customer.person_id
        # Two records of a person often hold the same phone: it is shown once, as the verified one.
        if row.customer.key is not None and person is not None and (person, row.hash) not in seen:
            seen.add((person, row.hash))
            shown[person].append(_view(row))
    return shown


def _hash(kind: Kind | str, value: str) -> str | None:
    """What an identifier is found by; None for a malformed one."""
    try:
        return sealing.identifier_hash(Kind(kind), normal(Kind(kind), value))
    except Malformed:
        return None


def _view(row: Identifier) -> IdentifierView:
    value = sealing.unseal(row.customer, row.sealed)
    return IdentifierView(
        row.pk,
        row.customer_id,
        row.kind,
        row.get_kind_display(),
        masked(Kind(row.kind), value),
        row.verified_at,
        row.get_source_display(),
    )

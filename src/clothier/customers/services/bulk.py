"""The verbs in bulk, for imports and models: the same rows and events, many to a statement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Count, F

from clothier.customers.contracts import Deed, NewCustomer, NewIdentifier, Prediction, Purchase
from clothier.customers.events import CustomerRegistered
from clothier.customers.models import Customer, Encounter, Identifier, Profile, Source
from clothier.customers.rules.identifiers import PROVING, Malformed, normal
from clothier.customers.services import counting, identity
from clothier.customers.services.registration import first_layer, first_profile, unsaved
from clothier.customers.services.writing import write_columns
from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert

BATCH = 2_000
T = TypeVar("T")


@dataclass
class Registered:
    """What a bulk registration did: ids by external number, which of them were new, identifiers that were none."""

    ids: dict[str, int] = field(default_factory=dict)
    created: int = 0
    new: set[str] = field(default_factory=set)
    malformed: list[tuple[str, str]] = field(default_factory=list)


def register_many(
    rows: Iterable[NewCustomer], *, source: str = Source.IMPORT, resolve: bool = True, batch: int = BATCH
) -> Registered:
    """Register many, each external id once; a batch is one transaction. A malformed identifier is left out and named.

    With `resolve` shared identifiers are linked or put up for review as `register` does.
    """
    done = Registered()
    for chunk in _chunks(rows, batch):
        _register(chunk, source, done, resolve=resolve)
    return done


def note_purchases(purchases: Iterable[Purchase], *, batch: int = BATCH) -> int:
    """Count many orders, each once; how many were new. Profiles are written once a batch."""
    return note_encounters((_deed(purchase) for purchase in purchases), batch=batch)


def note_encounters(deeds: Iterable[Deed], *, batch: int = BATCH) -> int:
    """Count many purchases, returns, visits and fittings, each once; how many were new.

    Profiles are written once a batch, so rows sorted by customer write each profile once.
    """
    return sum(counting.count(chunk) for chunk in _chunks(deeds, batch))


def store_predictions(predictions: Iterable[Prediction], *, batch: int = BATCH) -> int:
    """Write what a model expects to the profiles; how many rows."""
    now, stored = clock.now(), 0
    columns = ["expected_purchases_90d", "p_alive", "lifetime_value_fen", "predicted_at"]
    for chunk in _chunks(predictions, batch):
        rows = [
            Profile(
                customer_id=row.customer_id,
                expected_purchases_90d=row.expected_purchases_90d,
                p_alive=row.p_alive,
                lifetime_value_fen=row.lifetime_value_fen,
                predicted_at=now,
            )
            for row in chunk
        ]
        stored += write_columns(rows, columns)
    return stored


def _register(chunk: list[NewCustomer], source: str, done: Registered, *, resolve: bool) -> None:
    with transaction.atomic():
        numbers = [row.external_id for row in chunk]
        known = Customer.objects.filter(source=source, external_id__in=numbers)
        done.ids.update((str(number), pk) for number, pk in known.values_list("external_id", "pk"))
        fresh = list({row.external_id: row for row in chunk if row.external_id not in done.ids}.values())
        customers = _create(fresh, source)
        identifiers = list(_identifiers(customers, fresh, source, done))
        insert(identifiers)
        record_all(_announcement(customer, source) for customer in customers)
        if resolve:
            _resolve(identifiers)
    done.ids.update((row.external_id, customer.pk) for row, customer in zip(fresh, customers, strict=True))
    done.created += len(fresh)
    done.new.update(row.external_id for row in fresh)


def _create(fresh: list[NewCustomer], source: str) -> list[Customer]:
    customers = [
        unsaved(
            name=row.name,
            source=source,
            title=row.title,
            external_id=row.external_id,
            store=row.store,
            at=row.registered_at,
        )
        for row in fresh
    ]
    insert(customers)
    Customer.objects.filter(pk__in=[customer.pk for customer in customers]).update(person_id=F("pk"))
    layer = first_layer()
    insert([first_profile(customer, layer=layer) for customer in customers])
    return customers


def _identifiers(
    customers: list[Customer], fresh: list[NewCustomer], source: str, done: Registered
) -> Iterator[Identifier]:
    for customer, row in zip(customers, fresh, strict=True):
        seen = set[tuple[str, str]]()
        for item in row.identifiers:
            try:
                normed = NewIdentifier(item.kind, normal(item.kind, item.value), item.verified)
            except Malformed:
                done.malformed.append((row.external_id, item.kind))
                continue
            if (normed.kind, normed.value) not in seen:
                seen.add((normed.kind, normed.value))
                yield identity.built_identifier(customer, normed, source=source)


def _announcement(customer: Customer, source: str) -> Note:
    return Note(
        CustomerRegistered(customer_id=customer.pk, source=source),
        Ref("customer", customer.pk),
        customer=customer.pk,
        store=customer.store_id,
        occurred_at=customer.registered_at,
    )


def _resolve(identifiers: list[Identifier]) -> None:
    """Only identifiers that somebody else holds too are looked at one by one: in a clean file that is nobody's."""
    strong = {row.hash: row for row in identifiers if row.kind in PROVING}
    shared = Identifier.objects.filter(hash__in=list(strong)).values("hash").annotate(n=Count("pk")).filter(n__gt=1)
    for hashed in shared.values_list("hash", flat=True):
        for row in [row for row in identifiers if row.hash == hashed]:
            identity.resolve(row)


def _deed(purchase: Purchase) -> Deed:
    return Deed(
        kind=Encounter.Kind.PURCHASE,
        ref_id=purchase.order_id,
        customer_id=purchase.customer_id,
        occurred_at=purchase.occurred_at,
        store_id=purchase.store_id,
        items=purchase.items,
        spend_fen=purchase.spend_fen,
        margin_fen=purchase.margin_fen,
        currency=purchase.currency,
    )


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk

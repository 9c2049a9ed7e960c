"""The verbs in bulk, for imports and models: the same rows and events, many to a statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction

from clothier.customers.contracts import Deed, NewCustomer, Predictions, Purchase
from clothier.customers.models import Encounter, Profile, Source
from clothier.customers.services import counting
from clothier.customers.services.enrolling import Registered, enrol
from clothier.kernel import clock, columns

BATCH = 2_000
T = TypeVar("T")


def register_many(
    rows: Iterable[NewCustomer], *, source: str = Source.IMPORT, resolve: bool = True, batch: int = BATCH
) -> Registered:
    """Register many, each external id once; a batch is one transaction. A malformed identifier is left out and named.

    With `resolve` shared identifiers are linked or put up for review as `register` does.
    """
    done = Registered()
    for chunk in _chunks(rows, batch):
        enrol(chunk, source, done, resolve=resolve)
    return done


def note_purchases(purchases: Iterable[Purchase], *, batch: int = BATCH) -> int:
    """Count many orders, each once; how many were new. Profiles are written once a batch."""
    return note_encounters((_deed(purchase) for purchase in purchases), batch=batch)


def note_encounters(deeds: Iterable[Deed], *, batch: int = BATCH, fresh: bool = False) -> int:
    """Count many purchases, returns, visits and fittings, each once; how many were new.

    Profiles are written once a batch, so rows sorted by customer write each profile once. `fresh`: what they are of was
    written in this very transaction, so nobody can have counted it.
    """
    return sum(counting.count(chunk, fresh=fresh) for chunk in _chunks(deeds, batch))


def store_predictions(told: Predictions, *, batch: int = 20 * BATCH) -> int:
    """Write what a model expects to the profiles, a batch to a transaction; how many rows."""
    now = columns.Every(clock.now())
    names = ("expected_purchases_90d", "p_alive", "lifetime_value_fen")
    for start in range(0, len(told.customer_ids), batch):
        keys = told.customer_ids[start : start + batch]
        values = {name: getattr(told, name)[start : start + batch] for name in names}
        with transaction.atomic():
            columns.update(Profile, {**values, "predicted_at": now}, keys=keys)
    return len(told.customer_ids)


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

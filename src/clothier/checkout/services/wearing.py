"""After the sale: the sizes bought, as facts of whoever wears them. Twice is once."""

from collections.abc import Iterable
from datetime import datetime

from clothier.checkout.models import CartLine
from clothier.customers.contracts import NewFact
from clothier.customers.services import note_fact, note_facts


def note_sizes(orders: Iterable[int]) -> None:
    """Sizes bought at our own tills, as facts of the buyer, or of the wearer that was named."""
    lines = CartLine.objects.filter(cart__order__in=set(orders), cart__customer_id__isnull=False)
    told: list[NewFact] = []
    for line in lines.select_related("cart__order"):
        fact = _size(line)
        if fact is None:
            continue
        if line.wearer_id is None:
            told.append(fact)
        else:
            note_fact(
                customer_id=fact.customer_id, field="size", value=fact.value, qualifier=fact.qualifier,
                wearer=line.wearer_id, source=fact.source, source_ref=fact.source_ref, confidence=fact.confidence,
                occurred_at=fact.occurred_at,
            )  # fmt: skip
    note_facts(told)


def _size(line: CartLine) -> NewFact | None:
    order, size = line.cart.order, line.goods.get("size", "")
    # A gift says nothing of the giver.
    if order is None or not size or (line.cart.gift and line.wearer_id is None):
        return None
    at: datetime = order.occurred_at
    return NewFact(
        customer_id=line.cart.customer_id or 0, field="size", value=size, qualifier=line.goods.get("category", ""),
        source="sale", source_ref=f"order:{order.pk}", confidence=60, occurred_at=at,
    )  # fmt: skip

"""Orders of an import taken back: out of the books and off their customers' figures, with an event for each."""

from dataclasses import dataclass

from django.db import transaction

from clothier.checkout.events import OrderWithdrawn
from clothier.checkout.models import Order, OrderLine
from clothier.customers.services import uncount_orders
from clothier.eventlog.services import record_alike


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """How far it came: the last order looked at (None: there was none), orders and lines gone, orders that stay."""

    last: int | None
    orders: int = 0
    lines: int = 0
    returned: int = 0


def withdraw_orders(*, batch: int, after: int, limit: int, actor: int | None = None) -> Withdrawn:
    """Take back up to `limit` orders of an import, those with ids above `after`, in one transaction. Twice is once.

    An order of which goods were returned since, at a till or by another file, stays: the return would hang in the air.
    """
    with transaction.atomic():
        brought = Order.objects.filter(batch=batch, pk__gt=after).order_by("pk")
        rows = list(brought.select_for_update().defer("recorded_at", "digest")[:limit])
        if not rows:
            return Withdrawn(None)
        returns = OrderLine.objects.filter(returned_line__order__in=rows).exclude(order__batch=batch)
        kept = set(returns.values_list("returned_line__order_id", flat=True))
        going = [order for order in rows if order.pk not in kept]
        ids = [order.pk for order in going]
        uncount_orders(order_ids=ids)
        # Lines of the same import may be returns of each other: they go together.
        mine = OrderLine.objects.filter(order__in=ids)
        OrderLine.objects.filter(returned_line__in=mine.values("pk")).update(returned_line=None)
        lines, _by_model = mine.delete()
        Order.objects.filter(pk__in=ids).delete()
        _tell(going, batch, actor)
    return Withdrawn(rows[-1].pk, len(ids), lines, len(kept))


def _tell(orders: list[Order], batch: int, actor: int | None) -> None:
    if orders:
        record_alike(
            OrderWithdrawn,
            (
                {
                    "order_id": order.pk,
                    "import_id": batch,
                    "kind": order.kind,
                    "total_fen": order.total_fen,
                    "currency": order.currency,
                }
                for order in orders
            ),
            subject_kind="order",
            subjects=[order.pk for order in orders],
            customers=[order.customer_id for order in orders],
            stores=[order.store_id for order in orders],
            actors=[actor] * len(orders),
            # When it was sold: the day it belonged to is counted anew.
            occurred_at=[order.occurred_at for order in orders],
        )

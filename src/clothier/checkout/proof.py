"""Log, rows and sums agree: what the log says was sold is in the books, orders are the sums of their lines, and their
customers' figures count them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Sum

from clothier.checkout.events import OrderExchanged, OrderWithdrawn, ReturnRecorded, SaleRecorded
from clothier.checkout.models import Order, OrderLine
from clothier.customers.selectors import counted_orders
from clothier.eventlog.selectors import size_estimate, told_between, told_of
from clothier.kernel.stretches import Look, every


@dataclass(frozen=True, slots=True)
class Difference:
    """An order, and what of it is not what its source says: total_fen, encounter or log."""

    order_id: int
    column: str


def order_differences(look: Look = every) -> Iterator[Difference]:
    """Every difference in the stretches looked at, of orders first, then of the log."""
    for low, high in look(Order.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _rows(low, high)
    for low, high in look(size_estimate()):
        yield from _told(low, high)


def _rows(low: int, high: int) -> Iterator[Difference]:
    lines = OrderLine.objects.filter(order_id__gte=low, order_id__lt=high)
    sums = dict(lines.values_list("order_id").annotate(Sum("total_fen")))
    orders = list(Order.objects.filter(pk__gte=low, pk__lt=high).order_by("pk"))
    counted = counted_orders(order.pk for order in orders)
    for order in orders:
        if order.total_fen != sums.get(order.pk, 0):
            yield Difference(order.pk, "total_fen")
        counts = order.customer_id is not None and (order.pieces or order.goods_fen)
        if counted.get(order.pk) != (order.goods_fen if counts else None):
            yield Difference(order.pk, "encounter")


def _told(low: int, high: int) -> Iterator[Difference]:
    types = [SaleRecorded.type, ReturnRecorded.type, OrderExchanged.type]
    told = {pk: payload["total_fen"] for pk, payload in told_between(types, low, high)}
    there = dict(Order.objects.filter(pk__in=told).values_list("pk", "total_fen"))
    wrong = {pk for pk, fen in told.items() if there.get(pk) != fen}
    for pk in sorted(wrong - told_of("order", wrong, OrderWithdrawn.type)):
        yield Difference(pk, "log")

"""What is left of what a sale was paid with, after all that went back."""

from typing import NamedTuple

from django.db.models import Q, Sum

from clothier.checkout.contracts import LineKind
from clothier.checkout.models import Order, OrderLine, Refund, Tender

GOODWILL = "GOODWILL"


class Part(NamedTuple):
    """What of a sale was paid with one payment, or with the points of one spending."""

    payment: int | None
    method: str
    points_of: str
    fen: int
    points: int


def paid_with(sale: Order) -> list[Part]:
    """What is left of each tender of a sale. An order that came with none was paid in cash, as far as we know."""
    orders = [sale.pk, *Refund.objects.filter(sale=sale, order__isnull=False).values_list("order_id", flat=True)]
    rows = Tender.objects.filter(order__in=orders).values_list("payment_id", "method", "points_of")
    held = [Part(*row) for row in rows.annotate(Sum("fen"), Sum("points")).order_by("payment_id", "points_of")]
    if Tender.objects.filter(order=sale).exists():
        return [part for part in held if part.fen > 0]
    given = Q(order__refund__sale=sale, kind=LineKind.ADJUSTMENT)
    back = OrderLine.objects.filter(Q(returned_line__order=sale) | given).aggregate(fen=Sum("total_fen"))["fen"] or 0
    return [Part(None, "cash", "", sale.total_fen + back, 0)]


def given_already(sale: Order, *, worth: int) -> int:
    """Of goods worth so much, how many fen went back as goodwill before: they do not go back again with the goods."""
    given = OrderLine.objects.filter(order__refund__sale=sale, code=GOODWILL, total_fen__lt=0).exists()
    return max(worth - sum(part.fen for part in paid_with(sale)), 0) if given else 0

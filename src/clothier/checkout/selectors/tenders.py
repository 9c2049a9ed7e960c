"""What orders say they were paid with: for whoever holds them against the money."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Sum

from clothier.checkout.models import Tender

_AT_ONCE = 5_000


def tendered(payments: Iterable[int]) -> dict[int, int]:
    """Fen that orders owe to each of these payments, returns taken off; a payment without an order is missing."""
    wanted = list(payments)
    found: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Tender.objects.filter(payment_id__in=wanted[start : start + _AT_ONCE]).order_by()
        found |= {pk or 0: fen for pk, fen in rows.values_list("payment_id").annotate(fen=Sum("fen"))}
    return found


def points_taken(*, store: int, start: datetime, end: datetime) -> tuple[int, int]:
    """(orders, fen) that points paid of a store's orders of a stretch, returns taken off."""
    rows = Tender.objects.filter(
        order__store=store, order__occurred_at__gte=start, order__occurred_at__lt=end, payment_id__isnull=True
    )
    told = rows.exclude(points=0).aggregate(n=Count("pk"), fen=Sum("fen"))
    return told["n"], told["fen"] or 0

"""What orders say they were paid with: for whoever holds them against the money."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from clothier.checkout.models import Order, Tender

_AT_ONCE = 5_000


def tendered(payments: Iterable[int]) -> dict[int, int]:
    """Fen that orders owe to each of these payments, returns taken off; a payment without an order is missing."""
    wanted = list(payments)
    found: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Tender.objects.filter(payment_id__in=wanted[start : start + _AT_ONCE]).order_by()
        found |= {pk or 0: fen for pk, fen in rows.values_list("payment_id").annotate(fen=Sum("fen"))}
    return found


def points_taken(*, store: int, start: datetime, end: datetime) -> list[tuple[datetime, int]]:
    """(when, fen) of each sale of a stretch that points paid a part of, and of each return that gave some back."""
    rows = Tender.objects.filter(
        order__store=store, order__occurred_at__gte=start, order__occurred_at__lt=end, payment_id__isnull=True
    )
    return list(rows.exclude(points=0).order_by().values_list("order__occurred_at", "fen"))


def documents_between(*, store: int, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """(when, document) of every order of a stretch, under which points are spent, and of what its returns gave back."""
    orders = Order.objects.filter(store=store, occurred_at__gte=start, occurred_at__lt=end).order_by()
    back = orders.exclude(tenders__points_of="").values_list("occurred_at", "tenders__points_of")
    return [
        *((at, f"order:{pk}") for pk, at in orders.values_list("pk", "occurred_at")),
        *((at, document) for at, document in back if document),
    ]


def points_owed(documents: Iterable[str]) -> dict[str, int]:
    """Points that orders say were spent under each of these documents, returns taken off; none: it is missing."""
    wanted = list(documents)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Tender.objects.filter(points_of__in=wanted[start : start + _AT_ONCE]).exclude(points_of="").order_by()
        found |= dict(rows.values_list("points_of").annotate(points=Sum("points")))
    return found

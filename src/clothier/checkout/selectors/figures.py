"""A stretch of time counted by store: queries that an engine of analyses can be asked as well as the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from clothier.checkout.contracts import OrderKind
from clothier.checkout.models import Order
from clothier.kernel.snapshots import Extract


def extracts() -> list[Extract]:
    """What these queries read."""
    told = ("id", "store_id", "customer_id", "kind", "currency", "pieces", "goods_fen", "occurred_at")
    return [Extract(Order, told)]


def sales_by_store(
    *, stores: Collection[int] | None, start: datetime, end: datetime, currency: str = "CNY"
) -> "QuerySet[Order, Any]":
    """(store, orders, pieces, fen of goods, the same less returns, known customers) of [start, end); None: no store."""
    return sums(_told(stores, start, end).filter(currency=currency))


def returning_by_store(
    *, stores: Collection[int] | None, start: datetime, end: datetime
) -> "QuerySet[Order, tuple[int | None, int]]":
    """(store, how many of the stretch's known buyers had bought goods before it, in any store)."""
    bought = Q(kind=OrderKind.SALE, pieces__gt=0)
    earlier = Order.objects.filter(bought, customer_id=OuterRef("customer_id"), occurred_at__lt=start)
    buyers = _told(stores, start, end).filter(bought, Exists(earlier), customer_id__isnull=False)
    return buyers.values("store_id").annotate(n=Count("customer_id", distinct=True)).values_list("store_id", "n")


def sums(orders: QuerySet[Order]) -> "QuerySet[Order, Any]":
    """As `sales_by_store` says it; a store without orders has no row."""
    sold = Q(kind=OrderKind.SALE)
    by_store = (
        orders.order_by()
        .values("store_id")
        .annotate(
            orders=Count("pk", filter=sold & Q(pieces__gt=0)),
            sold=Sum("pieces", filter=sold),
            goods=Sum("goods_fen", filter=sold),
            net=Sum("goods_fen"),
            customers=Count("customer_id", filter=sold, distinct=True),
        )
    )
    return by_store.values_list("store_id", "orders", "sold", "goods", "net", "customers")


def _told(stores: Collection[int] | None, start: datetime, end: datetime) -> QuerySet[Order]:
    # The index begins with the store, so the stores are named.
    where = Q(store__isnull=True) if stores is None else Q(store__in=list(stores))
    return Order.objects.filter(where, occurred_at__gte=start, occurred_at__lt=end).order_by()

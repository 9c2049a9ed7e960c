"""Questions about orders."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from clothier.checkout.contracts import DaySales, LineKind
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.selectors.figures import sums
from clothier.kernel.access import STAFF, Viewer
from clothier.kernel.rows import prepared


def purchases_of(viewer: Viewer, *, customers: Iterable[int], limit: int = 10) -> list[tuple[Order, list[OrderLine]]]:
    """One person's latest orders, newest first, from every store: the person is the same everywhere.

    Each with its goods, without postage, fees and discounts. `customers` are all records of the person. Whoever is not
    staff gets nothing.
    """
    if viewer.role not in STAFF:
        return []
    orders = _latest(customers=list(customers), limit=limit)
    goods: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in _goods(orders=list(goods)):
        goods[line.order_id].append(line)
    return [(order, goods[order.pk]) for order in orders]


def order_lines(ids: Iterable[int]) -> dict[int, OrderLine]:
    """Lines by number, each with its order: for whoever keeps their numbers."""
    return OrderLine.objects.select_related("order").in_bulk(list(ids))


def bought_by(
    customers: Iterable[int], *, before: tuple[datetime, int] | None = None, limit: int = 10
) -> list[tuple[Order, list[OrderLine]]]:
    """A person's orders for themselves to read, newest first, with the goods of each; from before a place on."""
    rows = Order.objects.filter(customer_id__in=list(customers)).select_related("store")
    if before:
        at, pk = before
        rows = rows.filter(occurred_at__lte=at).exclude(occurred_at=at, pk__gte=pk)
    found = list(rows.order_by("-occurred_at", "-id")[:limit])
    goods: dict[int, list[OrderLine]] = {order.pk: [] for order in found}
    for line in _goods(orders=list(goods)):
        goods[line.order_id].append(line)
    return [(order, goods[order.pk]) for order in found]


@prepared
def _latest(customers: list[int], limit: int) -> "QuerySet[Order, Order]":
    latest = Order.objects.filter(customer_id__in=customers).order_by("-occurred_at", "-id")
    return latest.select_related("store")[:limit]


@prepared
def _goods(orders: list[int]) -> "QuerySet[OrderLine, OrderLine]":
    return OrderLine.objects.filter(order__in=orders, kind=LineKind.GOODS).order_by("id")


def sales_between(*, store: int | None, start: datetime, end: datetime, currency: str = "CNY") -> DaySales:
    """What a store (None: orders of no store) sold from `start` up to `end`: one indexed query over that stretch."""
    stretch = {"start": start, "end": end, "currency": currency}
    rows = _sold_nowhere(**stretch) if store is None else _sold(store=store, **stretch)
    for _store, orders, pieces, goods, net, customers in rows:
        sold = goods or 0
        return DaySales(orders=orders, pieces=pieces or 0, goods_fen=sold, returned_fen=net - sold, customers=customers)
    return DaySales(orders=0, pieces=0, goods_fen=0, returned_fen=0, customers=0)


@prepared
def _sold(store: int, start: datetime, end: datetime, currency: str) -> "QuerySet[Order, Any]":
    return sums(Order.objects.filter(store=store, occurred_at__gte=start, occurred_at__lt=end, currency=currency))


@prepared
def _sold_nowhere(start: datetime, end: datetime, currency: str) -> "QuerySet[Order, Any]":
    return sums(Order.objects.filter(store=None, occurred_at__gte=start, occurred_at__lt=end, currency=currency))


def batch_sums(*, batch: int) -> list[tuple[str, bool, int, int]]:
    """What one import run left in the books: (kind of order, quantity below zero, lines, fen). For reconciliation."""
    rows = (
        OrderLine.objects.filter(order__batch=batch)
        .annotate(negative=Q(quantity__lt=0))
        .values_list("order__kind", "negative")
        .annotate(lines=Count("pk"), fen=Sum("total_fen"))
        .order_by("order__kind", "negative")
    )
    return list(rows)


def sold_lines_of(returns: Iterable[int]) -> list[int]:
    """The order lines on which what these returns brought back had been sold."""
    rows = OrderLine.objects.filter(order__in=list(returns), returned_line__isnull=False).order_by("pk")
    return [pk for pk in rows.values_list("returned_line_id", flat=True) if pk]


def buyers_among(customers: Iterable[int]) -> set[int]:
    """Which of these records have orders."""
    rows = Order.objects.filter(customer_id__in=list(customers)).order_by().values_list("customer_id", flat=True)
    return {pk for pk in rows.distinct() if pk}


def spent(customers: Iterable[int], since: datetime, until: datetime) -> dict[int, int]:
    """Fen each of these customers paid for goods between two moments, returns taken off; who did not buy is missing."""
    rows = Order.objects.filter(customer_id__in=list(customers), occurred_at__gte=since, occurred_at__lt=until)
    return {pk: fen for pk, fen in rows.order_by().values_list("customer_id").annotate(Sum("goods_fen")) if pk}


def buyers_at(store: int | None, since: datetime, until: datetime, *, limit: int) -> dict[int, int]:
    """Known customers with an order in a store (anywhere for None) between two moments, and their fen; the latest."""
    rows = Order.objects.filter(occurred_at__gte=since, occurred_at__lt=until, customer_id__isnull=False)
    if store is not None:
        rows = rows.filter(store=store)
    latest = list(rows.order_by("-occurred_at", "-id").values_list("customer_id", "goods_fen")[:limit])
    sums: dict[int, int] = {}
    for pk, fen in latest:
        sums[pk or 0] = sums.get(pk or 0, 0) + fen
    return sums

"""Orders of the past as arrays, millions at a time: a demo's history, a chain that moves in."""

from itertools import repeat

import numpy as np
from django.db import transaction

from clothier.checkout.contracts import LineKind, OrderKind, PastByPoints, PastLines, PastOrders, PastSums, PastTenders
from clothier.checkout.events import ReturnRecorded, SaleRecorded
from clothier.checkout.models import Order, OrderLine, Reduction, Tender
from clothier.checkout.rules.orders import digest_of, mark
from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel import clock
from clothier.kernel.columns import Cells, Columns, Every, Ints, claim, insert

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Order, OrderLine, Tender)


@transaction.atomic
def load_orders(orders: PastOrders) -> PastSums:
    """What `record_orders` does with new orders of goods, for whoever has the tables to himself.

    Stock is left alone, and the customers' profiles are told by whoever tells their history. Not idempotent.
    """
    count, lines = len(orders.numbers), orders.lines
    sums = PastSums(
        orders=claim(Order, count),
        lines=claim(OrderLine, len(lines.codes)),
        totals=_added(lines.totals, lines.order, count),
        pieces=_added(lines.quantities, lines.order, count),
        margins=_added(lines.totals - lines.costs * lines.quantities, lines.order, count),
    )
    _load_heads(orders, sums)
    _load_lines(lines, sums)
    _tell(orders, sums)
    return sums


@transaction.atomic
def load_tenders(past: PastTenders) -> None:
    """What orders of the past were paid with, and returns gave back. Not idempotent."""
    told: Columns = {
        "order_id": past.orders,
        "payment_id": past.payments,
        "method": past.methods,
        "fen": past.fen,
    }
    insert(Tender, told, count=len(past.fen))


@transaction.atomic
def load_by_points(past: PastByPoints) -> None:
    """The part of orders of the past that points paid, line by line and as a tender. Not idempotent."""
    points = Reduction.Kind.POINTS.value
    same: Columns = {"kind": Every(points), "key": Every(points)}
    insert(Reduction, {"line_id": past.lines, "fen": past.fen, **same}, count=len(past.lines))
    orders, place = np.unique(past.orders, return_inverse=True)
    sums = [np.bincount(place, cells, len(orders)).astype(np.int64) for cells in (past.fen, past.points)]
    told: Columns = {
        "order_id": orders,
        "method": Every(points),
        "fen": sums[0],
        "points": sums[1],
        "points_of": [f"order:{pk}" for pk in orders.tolist()],
    }
    insert(Tender, told, count=len(orders))


def _added(amounts: Ints, order: Ints, count: int) -> Ints:
    """Sums by order. Whole numbers throughout: a float would lose a fen somewhere in a million."""
    edges = np.concatenate([[0], np.cumsum(amounts)])
    ends = np.searchsorted(order, np.arange(count), side="right")
    found: Ints = edges[ends] - edges[np.concatenate([[0], ends[:-1]])] if count else np.empty(0, dtype=np.int64)
    return found


def _load_heads(orders: PastOrders, sums: PastSums) -> None:
    told: Columns = {
        "id": sums.orders,
        "source": Every(orders.source),
        "number": orders.numbers,
        "part": Every(1),
        "digest": _digests(orders),
        "kind": Every(orders.kind.value),
        "store_id": orders.stores,
        "customer_id": _whose(orders),
        "actor_id": orders.actors,
        "visit_id": orders.visits if orders.visits is not None else Every(None),
        "currency": Every(orders.currency),
        "total_fen": sums.totals,
        "goods_fen": sums.totals,
        "pieces": sums.pieces,
        "margin_fen": sums.margins,
        "occurred_at": orders.moments,
        "recorded_at": Every(clock.now()),
    }
    insert(Order, told, count=len(orders.numbers))


def _whose(orders: PastOrders) -> Cells:
    return Every(None) if orders.customers is None else orders.customers


def _load_lines(lines: PastLines, sums: PastSums) -> None:
    told: Columns = {
        "id": sums.lines,
        "order_id": lines.order + sums.orders.start,
        "kind": Every(LineKind.GOODS.value),
        "sku_id": lines.skus,
        "code": lines.codes,
        "description": lines.descriptions,
        "quantity": lines.quantities,
        "unit_price_fen": lines.units,
        "total_fen": lines.totals,
        "cost_fen": lines.costs,
        "returned_line_id": lines.returned if lines.returned is not None else Every(None),
    }
    insert(OrderLine, told, count=len(lines.codes))


def _digests(orders: PastOrders) -> list[str]:
    """Every order's digest. The same few goods at the same few prices: an order like an earlier one has its digest."""
    lines = orders.lines
    facts = zip(lines.codes, lines.quantities.tolist(), lines.totals.tolist(), lines.units.tolist(), strict=True)
    marks = [mark(*each) for each in facts]
    ends = np.searchsorted(lines.order, np.arange(len(orders.numbers)), side="right").tolist()
    known: dict[tuple[str, ...], str] = {}
    found, start = [], 0
    for end in ends:
        mine = tuple(marks[start:end])
        if (digest := known.get(mine)) is None:
            digest = known[mine] = digest_of(orders.kind, orders.currency, mine)
        found.append(digest)
        start = end
    return found


def _tell(orders: PastOrders, sums: PastSums) -> None:
    sold = orders.kind is OrderKind.SALE
    counts = np.bincount(orders.lines.order, minlength=len(orders.numbers)).tolist()
    head = "" if sold or orders.kind is OrderKind.RETURN else f'"kind": "{orders.kind}", '
    tail = "" if orders.currency == "CNY" else f', "currency": "{orders.currency}"'
    visits = orders.visits if orders.visits is not None else repeat(0, len(counts))
    payloads = [
        f'{{{head}"order_id": {pk}, "total_fen": {total}, "goods_fen": {total}, "lines": {lines}, "pieces": {pieces}'
        + (f', "visit_id": {visit}' if visit else "")
        + f"{tail}}}"
        for pk, total, lines, pieces, visit in zip(
            sums.orders, sums.totals.tolist(), counts, sums.pieces.tolist(), visits, strict=True
        )
    ]
    event = SaleRecorded if sold else ReturnRecorded
    record_history(
        History(event, "order", sums.orders, _whose(orders), orders.stores, orders.moments, payloads, orders.actors)
    )

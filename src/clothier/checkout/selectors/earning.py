"""Orders as points see them, thousands at a time: rows as the driver gives them, no model instances on the way."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from clothier.checkout.contracts import LineKind
from clothier.checkout.models import Order, OrderLine, Reduction, Refund
from clothier.checkout.rules.earning import Moved, Piece, came_back
from clothier.kernel.columns import among, instant, moment, read, table


def moved(ids: Iterable[int]) -> list[Moved]:
    """These orders and those that sold what came back with them, in the order of time."""
    known: dict[int, Moved] = {}
    wanted = set(ids)
    while wanted:
        told = _orders(wanted)
        known.update({order.id: order for order in told})
        sold = {piece.sold_in for order in told for piece in came_back(order)}
        wanted = {pk for pk in sold if pk is not None and pk not in known}
    return sorted(known.values(), key=lambda order: (order.occurred_at, order.id))


def _orders(ids: Collection[int]) -> list[Moved]:
    halves = _halves(ids)
    lines = _lines({*ids, *(half for some in halves.values() for half in some)})
    which, values = among("id", ids)
    told = f"SELECT id, customer_id, store_id, batch, currency, {instant('occurred_at')} FROM {table(Order)}"  # noqa: S608
    return [
        Moved(pk, customer, store, batch, currency, moment(at), lines[pk], [x for h in halves[pk] for x in lines[h]])
        for pk, customer, store, batch, currency, at in read(f"{told} WHERE {which}", values)
    ]


def _halves(ids: Collection[int]) -> defaultdict[int, list[int]]:
    """Returns by the new sale they were exchanged for."""
    which, values = among("exchange_id", ids)
    halves: defaultdict[int, list[int]] = defaultdict(list)
    statement = f"SELECT exchange_id, order_id FROM {table(Refund)} WHERE {which} AND order_id IS NOT NULL"  # noqa: S608
    for sale, back in read(statement, values):
        halves[sale].append(back)
    return halves


def _lines(orders: Collection[int]) -> defaultdict[int, list[Piece]]:
    which, values = among("l.order_id", orders)
    told = "l.order_id, l.id, l.kind, l.total_fen, s.id, s.order_id, s.total_fen"
    joined = f"FROM {table(OrderLine)} l LEFT JOIN {table(OrderLine)} s ON s.id = l.returned_line_id"
    kinds = f"l.kind IN ('{LineKind.GOODS.value}', '{LineKind.DISCOUNT.value}')"
    rows = read(f"SELECT {told} {joined} WHERE {which} AND {kinds} ORDER BY l.id", values)
    by_points = _by_points(rows)
    lines: defaultdict[int, list[Piece]] = defaultdict(list)
    for order, pk, kind, fen, sold_as, sold_in, sold_fen in rows:
        piece = Piece(pk, kind == LineKind.GOODS.value, fen, by_points.get(pk, 0))
        if sold_as is not None:
            piece = Piece(*piece[:4], sold_as, sold_in, sold_fen, by_points.get(sold_as, 0))
        lines[order].append(piece)
    return lines


def _by_points(rows: list[Any]) -> dict[int, int]:
    """Fen of lines that points paid, of those that were sold and of those they came back as."""
    which, values = among("line_id", [pk for row in rows for pk in (row[1], row[4]) if pk is not None])
    kind = Reduction.Kind.POINTS.value
    told = f"SELECT line_id, SUM(fen) FROM {table(Reduction)} WHERE {which} AND kind = %s GROUP BY line_id"  # noqa: S608
    # PostgreSQL adds integers up to a Decimal.
    return {line: int(fen) for line, fen in read(told, [*values, kind])}

"""Orders and their lines by the hundred thousand: whole columns to the database, and no model instance on the way."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from clothier.checkout.contracts import OrderFacts
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.rules.orders import Sums
from clothier.kernel import columns

Key = tuple[str, str]


class Part(NamedTuple):
    """A piece of an order as the books have it; `id` is 0 while it is about to be written."""

    id: int
    digest: str
    batch: int | None


class Marked(NamedTuple):
    """An order as told, by what it is known again, and what it adds up to."""

    facts: OrderFacts
    digest: str
    sums: Sums


class NewOrder(NamedTuple):
    """An order about to be written."""

    facts: OrderFacts
    digest: str
    part: int
    sums: Sums


def known_parts(told: Iterable[OrderFacts]) -> dict[Key, list[Part]]:
    """What the books have under these numbers, in the order of the parts."""
    by_source: dict[str, list[str]] = {}
    for facts in told:
        by_source.setdefault(facts.source, []).append(facts.number)
    known: dict[Key, list[Part]] = {}
    for source, numbers in by_source.items():
        condition, values = columns.among("number", numbers)
        where = f"FROM {columns.table(Order)} WHERE source = %s AND {condition} ORDER BY part"
        for number, *part in columns.read(f"SELECT number, id, digest, batch {where}", [source, *values]):
            known.setdefault((source, number), []).append(Part(*part))
    return known


def insert_orders(new: Sequence[NewOrder], *, now: datetime) -> Sequence[int]:
    """Their ids, in order; inside the caller's transaction. Raises IntegrityError for a number that came meanwhile."""
    facts, sums = [order.facts for order in new], [order.sums for order in new]
    told: columns.Columns = {
        "source": [order.source for order in facts],
        "number": [order.number for order in facts],
        "part": [order.part for order in new],
        "digest": [order.digest for order in new],
        "kind": [order.kind.value for order in facts],
        "store_id": [order.store for order in facts],
        "customer_id": [order.customer for order in facts],
        "actor_id": [order.actor for order in facts],
        "visit_id": [order.visit for order in facts],
        "batch": [order.batch for order in facts],
        "currency": [order.currency for order in facts],
        "total_fen": [added.total_fen for added in sums],
        "goods_fen": [added.goods_fen for added in sums],
        "pieces": [added.pieces for added in sums],
        "margin_fen": [added.margin_fen for added in sums],
        "occurred_at": [order.occurred_at for order in facts],
        "recorded_at": columns.Every(now),
    }
    return columns.insert(Order, told, count=len(new))


def insert_lines(orders: Sequence[int], facts: Sequence[OrderFacts]) -> Sequence[int]:
    """The lines of orders written before; their ids, in order; inside the caller's transaction."""
    lines = [line for order in facts for line in order.lines]
    code, quantity, total, each, words, kind, sku, cost, returned = zip(*lines, strict=True) if lines else ([],) * 9
    told: columns.Columns = {
        "order_id": [pk for pk, order in zip(orders, facts, strict=True) for _line in order.lines],
        "kind": [one.value for one in kind],
        "sku_id": sku,
        "code": code,
        "description": words,
        "quantity": quantity,
        "unit_price_fen": each,
        "total_fen": total,
        "cost_fen": cost,
        "returned_line_id": returned,
    }
    return columns.insert(OrderLine, told, count=len(lines))

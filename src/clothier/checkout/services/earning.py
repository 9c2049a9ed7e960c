"""After the sale: points for the member, sizes for whoever wears it. Many orders at once, and twice is once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Sum

from clothier.checkout.contracts import LineKind, OrderKind
from clothier.checkout.models import CartLine, Order, OrderLine, Reduction, Refund
from clothier.customers.contracts import NewFact
from clothier.customers.services import note_fact, note_facts
from clothier.loyalty.contracts import BackLine, Earning, EarnLine, ExchangeLine
from clothier.loyalty.services import earn_many, exchange, reverse


def earn_points(orders: Iterable[int]) -> None:
    """Points of these orders: earned on what money paid, reversed with what came back, an exchange piece for piece.

    Orders that an import brought are history and earn nothing; neither do those in a foreign currency.
    """
    rows = Order.objects.filter(pk__in=set(orders), batch=None, customer_id__isnull=False, currency="CNY")
    found = {row.pk: row for row in rows}
    exchanged = _exchanges(found)
    sold = [row for row in found.values() if row.kind == OrderKind.SALE and row.pk not in exchanged]
    lines = _goods([*found, *(back.order_id for notes in exchanged.values() for back in notes if back.order_id)])
    earn_many(_earning(row, lines[row.pk]) for row in sold)
    for row in found.values():
        if row.kind != OrderKind.SALE:
            _reverse(row, lines[row.pk])
    for pk, notes in exchanged.items():
        _exchange(found[pk], lines[pk], [one for back in notes for one in lines[back.order_id or 0]])


def _exchanges(orders: Iterable[int]) -> dict[int, list[Refund]]:
    found: dict[int, list[Refund]] = defaultdict(list)
    for note in Refund.objects.filter(exchange__in=list(orders)):
        found[note.exchange_id or 0].append(note)
    return found


class _Line:
    """A line of goods with what money paid of it: points earn no points."""

    __slots__ = ("fen", "of_line", "of_order", "pk", "sku")

    def __init__(self, line: OrderLine, points_fen: int) -> None:
        self.pk, self.sku, self.fen = line.pk, line.sku_id, line.total_fen - points_fen
        self.of_line = line.returned_line_id
        self.of_order = line.returned_line.order_id if line.returned_line else 0


def _goods(orders: Sequence[int]) -> dict[int, list[_Line]]:
    rows = OrderLine.objects.filter(order__in=orders, kind=LineKind.GOODS).select_related("returned_line")
    lines = list(rows.order_by("pk"))
    wanted = [line.pk for line in lines] + [line.returned_line_id for line in lines if line.returned_line_id]
    told = Reduction.objects.filter(line__in=wanted, kind="points").values_list("line").annotate(Sum("fen"))
    paid = dict(told)
    found: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        found[line.order_id].append(_Line(line, _points_share(line, paid)))
    return found


def _points_share(line: OrderLine, paid: dict[int, int]) -> int:
    """What points paid of the line; of one that came back, its part of what they had paid of the line it was."""
    sold = line.returned_line
    if sold is None or not sold.total_fen:
        return paid.get(line.pk, 0)
    return paid.get(sold.pk, 0) * line.total_fen // sold.total_fen


def _earning(row: Order, lines: Sequence[_Line]) -> Earning:
    worth = [EarnLine(line.pk, line.fen) for line in lines if line.fen > 0]
    return Earning(f"order:{row.pk}", row.customer_id or 0, row.occurred_at, worth, row.store_id)


def _back(line: _Line) -> BackLine:
    return BackLine(line.pk, -line.fen, f"order:{line.of_order}", line.of_line or 0)


def _reverse(row: Order, lines: Sequence[_Line]) -> None:
    back = [_back(line) for line in lines if line.of_line and line.fen < 0]
    if back:
        reverse(
            document=f"order:{row.pk}", lines=back, occurred_at=row.occurred_at, store=row.store_id, actor=row.actor_id
        )


def _exchange(row: Order, new: Sequence[_Line], old: Sequence[_Line]) -> None:
    """Piece for piece in their order; what has no counterpart is earned or reversed as in any sale."""
    document = f"order:{row.pk}"
    back = [line for line in old if line.fen < 0]
    pairs = list(zip(new, back, strict=False))
    told = [ExchangeLine(line.pk, line.fen, _back(gone)) for line, gone in pairs]
    if told:
        exchange(document=document, lines=told, occurred_at=row.occurred_at, store=row.store_id, actor=row.actor_id)
    if more := [EarnLine(line.pk, line.fen) for line in new[len(pairs) :] if line.fen > 0]:
        earn_many([Earning(document, row.customer_id or 0, row.occurred_at, more, row.store_id)])
    if less := [_back(line) for line in back[len(pairs) :]]:
        reverse(document=document, lines=less, occurred_at=row.occurred_at, store=row.store_id, actor=row.actor_id)


def note_sizes(orders: Iterable[int]) -> None:
    """Sizes bought at our own tills, as facts of the buyer, or of the wearer that was named."""
    lines = CartLine.objects.filter(cart__order__in=set(orders), cart__customer_id__isnull=False)
    told: list[NewFact] = []
    for line in lines.select_related("cart__order"):
        fact = _size(line)
        if fact is None:
            continue
        if line.wearer_id is None:
            told.append(fact)
        else:
            note_fact(
                customer_id=fact.customer_id, field="size", value=fact.value, qualifier=fact.qualifier,
                wearer=line.wearer_id, source=fact.source, source_ref=fact.source_ref, confidence=fact.confidence,
                occurred_at=fact.occurred_at,
            )  # fmt: skip
    note_facts(told)


def _size(line: CartLine) -> NewFact | None:
    order, size = line.cart.order, line.goods.get("size", "")
    # A gift says nothing of the giver.
    if order is None or not size or (line.cart.gift and line.wearer_id is None):
        return None
    at: datetime = order.occurred_at
    return NewFact(
        customer_id=line.cart.customer_id or 0, field="size", value=size, qualifier=line.goods.get("category", ""),
        source="sale", source_ref=f"order:{order.pk}", confidence=60, occurred_at=at,
    )  # fmt: skip

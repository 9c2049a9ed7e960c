"""The verbs of the till: a sale or a return is recorded once, however often it is told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from clothier.catalog.services import move_stock
from clothier.checkout.bulk import insert_lines
from clothier.checkout.contracts import Contradiction, LineFacts, OrderFacts, OrderKind, Outcome
from clothier.checkout.events import ReturnRecorded, SaleRecorded
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.rules import digest, sums
from clothier.customers.contracts import Deed
from clothier.customers.services import note_encounters
from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert, new


def record_sale(
    *,
    source: str,
    number: str,
    lines: Sequence[LineFacts],
    store: int | None,
    customer: int | None = None,
    currency: str = "CNY",
    occurred_at: datetime | None = None,
    actor: int | None = None,
    visit: int | None = None,
) -> Order:
    """Record goods sold, and take them from the store's stock.

    Told again with the same content it returns the first order; with other content: Refused.
    """
    return _record_one(
        OrderFacts(
            source=source,
            number=number,
            kind=OrderKind.SALE,
            occurred_at=occurred_at or clock.now(),
            lines=tuple(lines),
            store=store,
            customer=customer,
            currency=currency,
            actor=actor,
            visit=visit,
            moves_stock=True,
        )
    )


def record_return(
    *,
    source: str,
    number: str,
    lines: Sequence[LineFacts],
    store: int | None,
    customer: int | None = None,
    currency: str = "CNY",
    occurred_at: datetime | None = None,
    actor: int | None = None,
    visit: int | None = None,
    cancellation: bool = False,
) -> Order:
    """Record goods that came back (quantities and sums negative) or a cancelled order; they go back into stock.

    Raises Refused when a line takes back more pieces than its original line sold.
    """
    return _record_one(
        OrderFacts(
            source=source,
            number=number,
            kind=OrderKind.CANCELLATION if cancellation else OrderKind.RETURN,
            occurred_at=occurred_at or clock.now(),
            lines=tuple(lines),
            store=store,
            customer=customer,
            currency=currency,
            actor=actor,
            visit=visit,
            moves_stock=True,
        )
    )


def record_orders(*, facts: Iterable[OrderFacts]) -> Outcome:
    """Record many orders in one transaction: new ones in, known ones left alone, contradictions handed back.

    One order told in two pieces by one batch becomes two parts; the same number from anywhere else with other content
    is a contradiction.
    """
    told = list(facts)
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                return _record(told)
        except IntegrityError:
            # Somebody else recorded one of these numbers between our look and our write: look again, once.
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


def _record_one(facts: OrderFacts) -> Order:
    if not facts.lines:
        raise Refused(_("订单至少要有一行商品。"), field="lines")
    outcome = record_orders(facts=[facts])
    if outcome.contradictions:
        raise Refused(_("单号 %(number)s 已有记录，且内容不同。") % {"number": facts.number}, field="number")
    if outcome.recorded:
        return Order.objects.get(pk=outcome.recorded[0])
    return Order.objects.get(source=facts.source, number=facts.number, digest=digest(facts))


def _record(told: list[OrderFacts]) -> Outcome:
    outcome = Outcome()
    orders, facts = _new_orders(told, outcome)
    if not orders:
        return outcome
    _guard_returned(facts)
    insert(orders)
    insert_lines((order.pk, line) for order, fact in zip(orders, facts, strict=True) for line in fact.lines)
    record_all(_note(order, fact) for order, fact in zip(orders, facts, strict=True))
    _tell_profiles(orders)
    _move_goods(facts)
    outcome.recorded = [order.pk for order in orders]
    return outcome


def _new_orders(told: list[OrderFacts], outcome: Outcome) -> tuple[list[Order], list[OrderFacts]]:
    known = _known(told)
    now = clock.now()
    orders, fresh = [], []
    for facts in told:
        mark = digest(facts)
        parts = known[facts.source, facts.number]
        if any(part.digest == mark for part in parts):
            outcome.already.append(facts)
        elif parts and (facts.batch is None or parts[-1].batch != facts.batch):
            outcome.contradictions.append(Contradiction(facts, parts[-1].pk or 0))
        else:
            order = _order(facts, mark, len(parts) + 1, now)
            parts.append(order)
            orders.append(order)
            fresh.append(facts)
    return orders, fresh


def _known(told: list[OrderFacts]) -> defaultdict[tuple[str, str], list[Order]]:
    known: defaultdict[tuple[str, str], list[Order]] = defaultdict(list)
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for facts in told:
        numbers[facts.source].append(facts.number)
    for source, wanted in numbers.items():
        rows = Order.objects.filter(source=source, number__in=wanted).order_by("part")
        for order in rows.only("source", "number", "part", "digest", "batch"):
            known[source, order.number].append(order)
    return known


def _order(facts: OrderFacts, mark: str, part: int, now: datetime) -> Order:
    added = sums(facts.lines)
    return new(
        Order,
        source=facts.source,
        number=facts.number,
        part=part,
        digest=mark,
        kind=facts.kind,
        store_id=facts.store,
        customer_id=facts.customer,
        actor_id=facts.actor,
        visit_id=facts.visit,
        batch=facts.batch,
        currency=facts.currency,
        total_fen=added.total_fen,
        goods_fen=added.goods_fen,
        pieces=added.pieces,
        margin_fen=added.margin_fen,
        occurred_at=facts.occurred_at,
        recorded_at=now,
    )


def _note(order: Order, facts: OrderFacts) -> Note:
    shape = {
        "order_id": order.pk,
        "total_fen": order.total_fen,
        "goods_fen": order.goods_fen,
        "currency": order.currency,
        "lines": len(facts.lines),
        "pieces": order.pieces,
        "visit_id": order.visit_id,
    }
    event = SaleRecorded(**shape) if facts.kind is OrderKind.SALE else ReturnRecorded(kind=facts.kind, **shape)
    return Note(
        event,
        Ref("order", order.pk),
        customer=order.customer_id,
        store=order.store_id,
        actor=order.actor_id,
        occurred_at=order.occurred_at,
    )


def _tell_profiles(orders: list[Order]) -> None:
    """Count goods sold and taken back in their customers' profiles, in the sale's own transaction."""
    note_encounters(_deed(order) for order in orders if order.customer_id and (order.pieces or order.goods_fen))


def _deed(order: Order) -> Deed:
    sold = order.kind == OrderKind.SALE and order.goods_fen >= 0
    return Deed(
        kind="purchase" if sold else "return",
        ref_id=order.pk,
        customer_id=order.customer_id or 0,
        occurred_at=order.occurred_at,
        store_id=order.store_id,
        items=abs(order.pieces),
        spend_fen=order.goods_fen,
        margin_fen=order.margin_fen or 0,
        currency=order.currency,
    )


def _move_goods(facts: list[OrderFacts]) -> None:
    moves: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for order in facts:
        for line in order.lines:
            if order.moves_stock and order.store and line.sku:
                moves[order.store][line.sku] -= line.quantity
    for store, pieces in sorted(moves.items()):
        move_stock(store=store, moves=pieces)


def _guard_returned(facts: list[OrderFacts]) -> None:
    """No line takes back more than was sold. The sold lines are locked, so two tills cannot both return the last."""
    taking: defaultdict[int, int] = defaultdict(int)
    for order in facts:
        for line in order.lines:
            if line.returned_line:
                taking[line.returned_line] -= line.quantity
    if not taking:
        return
    sold = dict(
        OrderLine.objects.select_for_update().filter(pk__in=taking).order_by("pk").values_list("pk", "quantity")
    )
    earlier = OrderLine.objects.filter(returned_line__in=taking).values_list("returned_line").annotate(Sum("quantity"))
    for pk, back in earlier:
        taking[int(pk or 0)] -= back
    if any(pieces > sold.get(pk, 0) for pk, pieces in taking.items()):
        raise Refused(_("退货件数超过了原单售出的件数。"), field="lines")

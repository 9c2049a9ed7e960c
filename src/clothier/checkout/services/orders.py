"""The verbs of the till: a sale or a return is recorded once, however often it is told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from clothier.catalog.services import move_stock
from clothier.checkout.bulk import Marked, NewOrder, Part, insert_lines, insert_orders, known_parts
from clothier.checkout.contracts import Contradiction, LineFacts, OrderFacts, OrderKind, Outcome
from clothier.checkout.events import ReturnRecorded, SaleRecorded
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.rules.orders import digest, sums
from clothier.customers.contracts import Deed
from clothier.customers.services import note_encounters
from clothier.eventlog.services import record_alike
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch


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
    return record_one(
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
    return record_one(
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
    told = _marked(facts)
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                return _record(told)
        except IntegrityError:
            # Somebody else recorded one of these numbers between our look and our write: look again, once.
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


def record_held(facts: OrderFacts) -> tuple[int, Sequence[int]]:
    """A new order, by the caller who holds the row that its number is made of and sees that there is none yet.

    Its key and those of its lines, in order; inside the caller's transaction.
    """
    ((order, mark, added),) = _marked([facts])
    (pk,), lines = _write([NewOrder(order, mark, 1, added)])
    return pk, lines


def record_one(facts: OrderFacts) -> Order:
    """One order of this house's own tills; told again it is the same. Raises Refused on other content."""
    if not facts.lines:
        raise Refused(_("订单至少要有一行商品。"), field="lines")
    outcome = record_orders(facts=[facts])
    if outcome.contradictions:
        raise Refused(_("单号 %(number)s 已有记录，且内容不同。") % {"number": facts.number}, field="number")
    if outcome.recorded:
        return fetch(Order, "id = %s", [outcome.recorded[0]])[0]
    return Order.objects.get(source=facts.source, number=facts.number, digest=digest(facts))


@transaction.atomic
def record_quietly(facts: Sequence[OrderFacts]) -> list[Order]:
    """New orders that one event of the caller's tells of together, in the order given; inside its transaction."""
    outcome = _record(_marked(facts), quietly=True)
    found = Order.objects.in_bulk(outcome.recorded)
    return [found[pk] for pk in outcome.recorded]


def _marked(facts: Iterable[OrderFacts]) -> list[Marked]:
    """What needs no look at the books is worked out before the transaction: others wait for it."""
    return [Marked(order, digest(order), sums(order.lines)) for order in facts]


def _record(told: list[Marked], *, quietly: bool = False) -> Outcome:
    outcome = Outcome()
    if new := _new_orders(told, outcome):
        ids, _lines = _write(new, quietly=quietly)
        outcome.recorded = list(ids)
    return outcome


def _write(new: list[NewOrder], *, quietly: bool = False) -> tuple[Sequence[int], Sequence[int]]:
    facts = [order.facts for order in new]
    _guard_returned(facts)
    ids = insert_orders(new, now=clock.now())
    lines = insert_lines(ids, facts)
    if not quietly:
        _announce(ids, new)
    deeds = (_deed(pk, order) for pk, order in zip(ids, new, strict=True) if _counts(order))
    note_encounters(deeds, fresh=True)
    _move_goods(facts)
    return ids, lines


def _new_orders(told: list[Marked], outcome: Outcome) -> list[NewOrder]:
    known = known_parts(facts for facts, _mark, _sums in told)
    new = []
    for facts, mark, added in told:
        parts = known.setdefault((facts.source, facts.number), [])
        if any(part.digest == mark for part in parts):
            outcome.already.append(facts)
        elif parts and (facts.batch is None or parts[-1].batch != facts.batch):
            outcome.contradictions.append(Contradiction(facts, parts[-1].id))
        else:
            new.append(NewOrder(facts, mark, len(parts) + 1, added))
            parts.append(Part(0, mark, facts.batch))
    return new


def _announce(ids: Sequence[int], new: list[NewOrder]) -> None:
    """One event an order: what was sold, then what came back."""
    told = list(zip(ids, new, strict=True))
    for event, sold in ((SaleRecorded, True), (ReturnRecorded, False)):
        some = [(pk, order) for pk, order in told if (order.facts.kind is OrderKind.SALE) is sold]
        facts = [order.facts for _pk, order in some]
        if some:
            record_alike(
                event,
                (_shape(pk, order) for pk, order in some),
                subject_kind="order",
                subjects=[pk for pk, _order in some],
                customers=[order.customer for order in facts],
                stores=[order.store for order in facts],
                actors=[order.actor for order in facts],
                occurred_at=[order.occurred_at for order in facts],
            )


def _shape(pk: int, order: NewOrder) -> dict[str, object]:
    facts, added = order.facts, order.sums
    shape = {
        "order_id": pk,
        "total_fen": added.total_fen,
        "goods_fen": added.goods_fen,
        "currency": facts.currency,
        "lines": len(facts.lines),
        "pieces": added.pieces,
        "visit_id": facts.visit,
    }
    return shape if facts.kind is OrderKind.SALE else {"kind": facts.kind.value, **shape}


def _counts(order: NewOrder) -> bool:
    """Goods sold and taken back count in their customer's profile, in the sale's own transaction."""
    return bool(order.facts.customer and (order.sums.pieces or order.sums.goods_fen))


def _deed(pk: int, order: NewOrder) -> Deed:
    facts, added = order.facts, order.sums
    sold = facts.kind is OrderKind.SALE and added.goods_fen >= 0
    return Deed(
        kind="purchase" if sold else "return",
        ref_id=pk,
        customer_id=facts.customer or 0,
        occurred_at=facts.occurred_at,
        store_id=facts.store,
        items=abs(added.pieces),
        spend_fen=added.goods_fen,
        margin_fen=added.margin_fen or 0,
        currency=facts.currency,
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

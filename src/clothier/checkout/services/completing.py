"""The sale itself: order, stock, coupons, points and what each fen was, in one transaction, once."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clothier.checkout.contracts import LineFacts, OrderFacts, OrderKind
from clothier.checkout.contracts.pricing import Quote
from clothier.checkout.models import Cart, CartLine, Order, OrderLine, Reduction, Tender
from clothier.checkout.rules.carts import frozen, thawed
from clothier.checkout.rules.pricing import without_points
from clothier.checkout.selectors.quoting import backs_of, lines_of
from clothier.checkout.services.exchanging import exchange_goods
from clothier.checkout.services.held import State, locked
from clothier.checkout.services.orders import record_one
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import insert, new, prepared, update
from clothier.loyalty.services import spend
from clothier.payments.contracts import PaymentState, PaymentView
from clothier.payments.selectors import payments_of
from clothier.rewards.services import redeem

SOURCE = "till"


class NotPaid(Refused):
    """Some of the money is not there yet."""


class PointsGone(Exception):
    """The points chosen were spent elsewhere meanwhile."""


def complete(*, cart: int, actor: int | None = None) -> Order:
    """Make the cart a sale when all its money is there; the order. Notification, question and tap may come at once.

    Points that were spent elsewhere meanwhile do not undo the payment: the sale waits for the rest of the money.
    Raises NotPaid while money is missing.
    """
    try:
        return _complete(cart, actor)
    except PointsGone:
        _ask_for_more(cart)
        raise NotPaid(_("积分已在别处用掉，还需补收差额")) from None


@transaction.atomic
def _complete(cart: int, actor: int | None) -> Order:
    # The row is locked: of two who come at once the second finds it completed.
    row = locked(cart)
    if row.state == State.COMPLETED and row.order_id:
        return Order.objects.get(pk=row.order_id)
    if row.state != State.PAYING or row.priced is None:
        raise NotPaid(_("还没有开始收款"))
    quote = thawed(row.priced)
    backs = backs_of(row)
    credit = sum(back.fen for back in backs)
    payments = live_payments(row)
    if sum(one.captured_fen for one in payments) < quote.due_fen - credit:
        raise NotPaid(_("款项还没有收齐"))
    lines = lines_of(row.pk)
    facts = _facts(row, lines, quote, actor)
    order = exchange_goods(row, facts, backs, actor) if backs else record_one(facts)
    _keep(row, order, lines, quote, payments)
    _use(row, order, quote, actor)
    row.order, row.state, row.changed_at = order, State.COMPLETED, clock.now()
    update([row], ["order", "state", "changed_at"])
    return order


def _facts(row: Cart, lines: Sequence[CartLine], quote: Quote, actor: int | None) -> OrderFacts:
    total = {line.key: line.total_fen for line in quote.lines}
    return OrderFacts(
        source=SOURCE,
        number=row.number,
        kind=OrderKind.SALE,
        occurred_at=clock.now(),
        lines=tuple(
            LineFacts(
                code=line.code,
                quantity=line.quantity,
                total_fen=total[line.pk],
                unit_price_fen=line.unit_price_fen,
                description=line.description,
                sku=line.sku_id,
                cost_fen=line.cost_fen,
            )
            for line in lines
        ),
        store=row.store_id,
        customer=row.customer_id,
        currency=row.currency,
        actor=actor if actor is not None else row.actor_id,
        visit=row.visit_id,
        moves_stock=True,
    )


def _keep(row: Cart, order: Order, lines: Sequence[CartLine], quote: Quote, payments: Sequence[PaymentView]) -> None:
    """Why each fen was taken off, and what the rest was paid with."""
    by_line = dict(zip((line.pk for line in lines), _sold(order=order.pk), strict=True))
    insert(
        [
            new(Reduction, line_id=by_line[line.key], kind=one.kind, key=one.key, fen=one.fen)
            for line in quote.lines
            for one in line.taken
        ]
    )
    tenders = [
        new(Tender, order_id=order.pk, payment_id=one.id, method=_method(one), fen=one.captured_fen)
        for one in payments
        if one.captured_fen
    ]
    if quote.points:
        document = f"order:{order.pk}"
        spent = {"method": "points", "fen": quote.points_fen, "points": quote.points, "points_of": document}
        tenders.append(new(Tender, order_id=order.pk, **spent))
    insert(tenders)


@prepared
def _sold(order: int) -> "QuerySet[OrderLine, int]":
    """The lines of an order, in the order in which they were written."""
    return OrderLine.objects.filter(order=order).order_by("pk").values_list("pk", flat=True)


def _method(payment: PaymentView) -> str:
    """The method by which most of it came."""
    took = [one for one in payment.attempts if one.state == "captured"]
    return max(took, key=lambda one: one.amount_fen).method.value if took else "cash"


def _use(row: Cart, order: Order, quote: Quote, actor: int | None) -> None:
    document = f"order:{order.pk}"
    if any(step.kind == "coupon" for step in quote.steps):
        redeem(document=str(row.ref), sold_as=document, store=row.store_id, actor=actor)
    if quote.points and row.customer_id is not None:
        try:
            spend(customer=row.customer_id, points=quote.points, document=document, store=row.store_id, actor=actor)
        except Refused:
            raise PointsGone from None


@transaction.atomic
def _ask_for_more(cart: int) -> None:
    """The same price without the points: what they would have paid is missing now, and the till says so."""
    row = locked(cart)
    if row.priced is not None and row.points:
        row.points, row.priced, row.changed_at = 0, frozen(without_points(thawed(row.priced))), clock.now()
        row.save(update_fields=["points", "priced", "changed_at"])


def live_payments(row: Cart) -> list[PaymentView]:
    """The cart's payments that were not called off."""
    return [one for one in payments_of([row.ref]) if one.state is not PaymentState.CANCELLED]

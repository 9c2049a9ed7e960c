"""The sale itself: order, stock, coupons, points and what each fen was, in one transaction, once."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from clothier.checkout.contracts import LineFacts, OrderFacts, OrderKind
from clothier.checkout.contracts.carts import BackView
from clothier.checkout.contracts.pricing import Quote
from clothier.checkout.models import Cart, CartLine, Order, OrderLine, Reduction, Tender
from clothier.checkout.rules.carts import frozen, thawed
from clothier.checkout.rules.pricing import without_points
from clothier.checkout.selectors.quoting import backs_of, lines_of
from clothier.checkout.services.exchanging import exchange_goods
from clothier.checkout.services.held import State, locked
from clothier.checkout.services.orders import record_held
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import insert, new, prepared, update
from clothier.loyalty.services import spend
from clothier.payments.contracts import PaymentState, PaymentView
from clothier.payments.selectors import payments_of
from clothier.rewards.services import redeem

SOURCE = "till"


class PointsGone(Exception):
    """The points chosen were spent elsewhere meanwhile."""


@transaction.atomic
def settle(*, cart: int, actor: int | None = None) -> Order | None:
    """Make the cart a sale if all its money is there; None while it is not. Notification, question and tap may come at
    once: whoever comes first makes it, the others find it made.

    Points that were spent elsewhere meanwhile do not undo the payment: the sale waits for the rest of the money.
    """
    # The row is locked: of two who come at once the second finds it completed.
    row = locked(cart)
    if row.state != State.COMPLETED:
        complete(row, lines_of(cart), backs_of(row), actor)
    return row.order


def complete(row: Cart, lines: Sequence[CartLine], backs: Sequence[BackView], actor: int | None) -> int | None:
    """The same for whoever holds the row and has looked at what lies in it since: it stays so until the lock is let go.
    The order's key.

    The money is counted anew, from the books.
    """
    if row.state != State.PAYING or row.priced is None:
        return None
    quote, payments = thawed(row.priced), live_payments(row)
    if sum(one.refundable_fen for one in payments) < quote.due_fen - sum(back.fen for back in backs):
        return None
    try:
        # Only points can be gone by now; where none are spent there is nothing to take back to.
        with transaction.atomic(savepoint=quote.points > 0):
            return _complete(row, quote, lines, backs, payments, actor)
    except PointsGone:
        # The same price without the points: what they would have paid is missing now, and the till says so.
        row.points, row.priced, row.changed_at = 0, frozen(without_points(quote)), clock.now()
        update([row], ["points", "priced", "changed_at"])
        return None


def _complete(
    row: Cart,
    quote: Quote,
    lines: Sequence[CartLine],
    backs: Sequence[BackView],
    payments: Sequence[PaymentView],
    actor: int | None,
) -> int:
    facts = _facts(row, lines, quote, actor)
    if backs:
        order = exchange_goods(row, facts, backs, actor)
        sold: Sequence[int] = _sold(order=order)
    else:
        order, sold = record_held(facts)
    _keep(order, dict(zip((line.pk for line in lines), sold, strict=True)), quote, payments)
    _use(row, order, quote, actor)
    row.order_id, row.state, row.changed_at = order, State.COMPLETED, clock.now()
    update([row], ["order_id", "state", "changed_at"])
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


def _keep(order: int, sold: Mapping[int, int], quote: Quote, payments: Sequence[PaymentView]) -> None:
    """Why each fen was taken off, and what the rest was paid with. `sold` are the order's lines by the cart's."""
    insert(
        [
            new(Reduction, line_id=sold[line.key], kind=one.kind, key=one.key, fen=one.fen)
            for line in quote.lines
            for one in line.taken
        ]
    )
    tenders = [
        new(Tender, order_id=order, payment_id=one.id, method=_method(one), fen=one.refundable_fen)
        for one in payments
        if one.refundable_fen
    ]
    if quote.points:
        document = f"order:{order}"
        spent = {"method": "points", "fen": quote.points_fen, "points": quote.points, "points_of": document}
        tenders.append(new(Tender, order_id=order, **spent))
    insert(tenders)


@prepared
def _sold(order: int) -> "QuerySet[OrderLine, int]":
    """The lines of an order, in the order in which they were written."""
    return OrderLine.objects.filter(order=order).order_by("pk").values_list("pk", flat=True)


def _method(payment: PaymentView) -> str:
    """The method by which most of it came."""
    took = [one for one in payment.attempts if one.state == "captured"]
    return max(took, key=lambda one: one.amount_fen).method.value if took else "cash"


def _use(row: Cart, order: int, quote: Quote, actor: int | None) -> None:
    document = f"order:{order}"
    if any(step.kind == "coupon" for step in quote.steps):
        redeem(document=str(row.ref), sold_as=document, store=row.store_id, actor=actor)
    if quote.points and row.customer_id is not None:
        try:
            spend(customer=row.customer_id, points=quote.points, document=document, store=row.store_id, actor=actor)
        except Refused:
            raise PointsGone from None


def live_payments(row: Cart) -> list[PaymentView]:
    """The cart's payments that were not called off."""
    return [one for one in payments_of([row.ref]) if one.state is not PaymentState.CANCELLED]

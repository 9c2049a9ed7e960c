"""Goods for goods at the till: one event, both halves, and what was paid goes along with what it paid for."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.checkout.contracts import OrderFacts, OrderKind
from clothier.checkout.contracts.carts import BackView
from clothier.checkout.events import CartChanged, OrderExchanged
from clothier.checkout.models import Cart, CartReturn, Order, OrderLine, Refund
from clothier.checkout.rules.refunding import points_back, spread
from clothier.checkout.selectors.paid import Part
from clothier.checkout.services.held import State, changed, found, held
from clothier.checkout.services.orders import record_quietly
from clothier.checkout.services.returning import (
    give,
    give_coupons,
    goodwill_back,
    guard_window,
    lines_back,
    note_parts,
    return_facts,
    taken_from,
)
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


@once(found, CartChanged)
@transaction.atomic
def bring_back(
    *,
    cart: int,
    line: int,
    quantity: int,
    actor: int | None,
    reason: str = Refund.Reason.SIZE,
    manager: bool = False,
    key: str | None = None,
) -> Cart:
    """Pieces of an earlier sale come back with this cart; none takes the line off it again."""
    row = held(cart, State.OPEN)
    if row.mode == Cart.Mode.SILENT:
        raise Refused(_("换货请到收银台办理"))
    sold = OrderLine.objects.select_related("order").filter(pk=line, order__kind=OrderKind.SALE).first()
    if sold is None or sold.order.currency != row.currency:
        raise Refused(_("没有找到这张销售单"))
    if reason not in Refund.Reason:
        raise Refused(_("请选择退货原因"), field="reason")
    CartReturn.objects.filter(cart=row, line=sold).delete()
    if quantity:
        quality = reason == Refund.Reason.QUALITY
        guard_window(sold.order, quality=quality, exchange=True, manager=manager)
        lines_back(sold.order, {line: quantity})
        CartReturn.objects.create(cart=row, line=sold, quantity=quantity, reason=reason)
        if row.customer_id is None:
            row.customer_id = sold.order.customer_id
    return changed(row, CartChanged(cart_id=cart, what="back", of=line, amount=quantity), actor=actor, key=key)


def exchange_goods(row: Cart, facts: OrderFacts, backs: Sequence[BackView], actor: int | None) -> int:
    """Both halves of the exchange, inside the transaction that completes the cart; the new sale's key.

    What the goods that came back were paid with pays for the new ones; what is over goes back where it came from.
    """
    sales = _locked_sales(backs)
    returns = [_return_of(row, sale, some, actor) for sale, some in sales]
    order, *returned = record_quietly([facts, *returns])
    total = sum(line.total_fen for line in facts.lines)
    worths = [-sum(line.total_fen for line in told.lines) for told in returns]
    moved = spread(min(total, sum(worths)), worths)
    for (sale, some), back, worth, keep in zip(sales, returned, worths, moved, strict=True):
        reason = CartReturn.objects.filter(cart=row, line=some[0].line_id).values_list("reason", flat=True)[0]
        note = Refund.objects.create(
            sale=sale, order=back, exchange=order, key=f"cart:{row.pk}:{sale.pk}", reason=reason,
            actor_id=actor, at=clock.now(), fen=worth - keep,
        )  # fmt: skip
        _carry(note, back, order, taken_from(sale, worth), keep, actor, row.till_id)
    _tell(row, order, returned, facts, sum(worths))
    return order.pk


def _locked_sales(backs: Sequence[BackView]) -> list[tuple[Order, list[BackView]]]:
    by_sale: dict[int, list[BackView]] = defaultdict(list)
    for back in backs:
        by_sale[back.order_id].append(back)
    rows = Order.objects.select_for_update().filter(pk__in=by_sale).order_by("pk")
    return [(sale, by_sale[sale.pk]) for sale in rows]


def _return_of(row: Cart, sale: Order, backs: Sequence[BackView], actor: int | None) -> OrderFacts:
    lines = lines_back(sale, {back.line_id: back.quantity for back in backs})
    # As it was quoted: what had been given back of the price pays for nothing a second time.
    lines += goodwill_back(-sum(line.total_fen for line in lines) - sum(back.fen for back in backs))
    number = f"{row.number}-{sale.pk}"
    return return_facts(sale, lines, number=number, actor=actor, store=row.store_id)


def _carry(
    note: Refund, back: Order, order: Order, parts: Sequence[Part], keep: int, actor: int | None, till: int | None
) -> None:
    """Of what pays for the goods back, `keep` fen pay for the new sale; the rest goes back."""
    kept = spread(keep, [part.fen for part in parts])
    going, over = [], []
    for part, fen in zip(parts, kept, strict=True):
        points = points_back(part.points, part.fen, fen)
        going.append(part._replace(fen=fen, points=points))
        over.append(part._replace(fen=part.fen - fen, points=part.points - points))
    note_parts(back, [part._replace(fen=-part.fen, points=-part.points) for part in parts])
    note_parts(order, [part for part in going if part.fen])
    note.points = sum(part.points for part in over)
    note.save(update_fields=["points"])
    give(over, note, actor=actor, till=till)
    give_coupons(note.sale, actor=actor)


def _tell(row: Cart, order: Order, returned: Sequence[Order], facts: OrderFacts, worth: int) -> None:
    total = order.total_fen
    record(
        OrderExchanged(
            order_id=order.pk,
            return_ids=[back.pk for back in returned],
            total_fen=total,
            returned_fen=worth,
            due_fen=max(total - worth, 0),
            back_fen=max(worth - total, 0),
            currency=order.currency,
            pieces=order.pieces,
            visit_id=order.visit_id,
        ),
        subject=Ref("order", order.pk),
        customer=row.customer_id,
        store=row.store_id,
        actor=facts.actor,
    )

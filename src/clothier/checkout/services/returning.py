"""Goods that come back: what they are worth, what they had been paid with, and all of that back where it came from."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from clothier.checkout.contracts import LineFacts, LineKind, OrderFacts, OrderKind
from clothier.checkout.models import Order, OrderLine, Refund, Tender
from clothier.checkout.rules.refunding import points_back, spread, worth_back
from clothier.checkout.selectors.paid import GOODWILL, Part, given_already, paid_with
from clothier.checkout.selectors.quoting import came_back
from clothier.checkout.services.orders import record_one
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.services import give_back as give_points_back
from clothier.payments.services import refund as refund_money
from clothier.rewards.services import give_back as give_coupons_back
from clothier.standards.selectors import document

SOURCE = "till"
REASONS = Refund.Reason.choices


@transaction.atomic
def refund_lines(
    *,
    order: int,
    pieces: Mapping[int, int],
    reason: str,
    actor: int | None,
    key: str,
    store: int | None = None,
    till: int | None = None,
    manager: bool = False,
) -> Refund:
    """Take back so many pieces of these lines of a sale, in whole or in part, on whatever day.

    Money goes back to what it was paid with, in proportion; points to their lots. The same key gives the first refund
    again. Raises Refused when more comes back than was sold, or when it is too late (a manager may be generous).
    """
    # The sale is locked: two tills cannot both take back the last piece.
    sale = Order.objects.select_for_update().filter(pk=order, kind=OrderKind.SALE).first()
    if sale is None:
        raise Refused(_("没有找到这张销售单"))
    if known := Refund.objects.filter(key=key).first():
        return known
    if reason not in Refund.Reason:
        raise Refused(_("请选择退货原因"), field="reason")
    guard_window(sale, quality=reason == Refund.Reason.QUALITY, exchange=False, manager=manager)
    lines = lines_back(sale, {line: n for line, n in pieces.items() if n})
    lines += goodwill_back(given_already(sale, worth=-sum(line.total_fen for line in lines)))
    return _take_back(sale, lines, reason=reason, actor=actor, key=key, store=store or sale.store_id, till=till)


@transaction.atomic
def refund_goodwill(*, order: int, fen: int, actor: int | None, key: str, store: int | None = None) -> Refund:
    """Give so much of a sale's price back and leave the customer the goods, as its tenders had paid for them.

    The same key gives the first refund again. Raises Refused when there is not so much left of the price.
    """
    sale = Order.objects.select_for_update().filter(pk=order, kind=OrderKind.SALE).first()
    if sale is None:
        raise Refused(_("没有找到这张销售单"))
    if known := Refund.objects.filter(key=key).first():
        return known
    return _take_back(
        sale,
        goodwill_back(-fen),
        reason=Refund.Reason.OTHER,
        actor=actor,
        key=key,
        store=store or sale.store_id,
        till=None,
    )


def goodwill_back(fen: int, why: str = "") -> tuple[LineFacts, ...]:
    """Part of the price given back (below zero), or what was given already, taken off goods that come back."""
    if not fen:
        return ()
    once = 1 if fen > 0 else -1
    return (
        LineFacts(
            code=GOODWILL,
            quantity=once,
            total_fen=fen,
            unit_price_fen=abs(fen),
            description=why,
            kind=LineKind.ADJUSTMENT,
        ),
    )


def _take_back(
    sale: Order,
    lines: tuple[LineFacts, ...],
    *,
    reason: str,
    actor: int | None,
    key: str,
    store: int | None,
    till: int | None,
) -> Refund:
    parts = taken_from(sale, -sum(line.total_fen for line in lines))
    row = note_return(sale, lines, parts, reason=reason, actor=actor, key=key, store=store)
    kept = all(line.kind is LineKind.ADJUSTMENT for line in lines)
    give(parts, row, actor=actor, till=till, allowance=kept)
    give_coupons(sale, actor=actor)
    return row


def note_return(
    sale: Order,
    lines: tuple[LineFacts, ...],
    parts: Sequence[Part],
    *,
    reason: str,
    actor: int | None,
    key: str,
    store: int | None,
) -> Refund:
    """The books' side of it: the return, and what of the sale's tenders goes back with it. The sale is locked."""
    row = Refund.objects.create(
        sale=sale, key=key, reason=reason, actor_id=actor, at=clock.now(),
        fen=sum(part.fen for part in parts), points=sum(part.points for part in parts),
    )  # fmt: skip
    row.order = record_one(return_facts(sale, lines, number=str(row), actor=actor, store=store))
    row.save(update_fields=["order"])
    note_parts(row.order, [_less(part) for part in parts])
    return row


def lines_back(sale: Order, pieces: Mapping[int, int]) -> tuple[LineFacts, ...]:
    """These pieces as lines of a return, worth what was paid for them. Refused for what was not sold or is back."""
    if not pieces or min(pieces.values()) < 0:
        raise Refused(_("请选择要退的商品"), field="lines")
    sold = {line.pk: line for line in OrderLine.objects.filter(order=sale, pk__in=pieces, kind=LineKind.GOODS)}
    before = came_back(pieces)
    told = []
    for pk, now in sorted(pieces.items()):
        line, earlier = sold.get(pk), before.get(pk, 0)
        if line is None or line.quantity < earlier + now:
            raise Refused(_("退货件数超过了原单售出的件数。"), field="lines")
        told.append(_line_back(line, earlier, now))
    return tuple(told)


def _line_back(line: OrderLine, before: int, now: int) -> LineFacts:
    return LineFacts(
        code=line.code,
        quantity=-now,
        total_fen=-worth_back(line.total_fen, line.quantity, before, now),
        unit_price_fen=line.unit_price_fen,
        description=line.description,
        sku=line.sku_id,
        cost_fen=line.cost_fen,
        returned_line=line.pk,
    )


def return_facts(
    sale: Order, lines: tuple[LineFacts, ...], *, number: str, actor: int | None, store: int | None
) -> OrderFacts:
    return OrderFacts(
        source=SOURCE,
        number=number,
        kind=OrderKind.RETURN,
        occurred_at=clock.now(),
        lines=lines,
        store=store,
        customer=sale.customer_id,
        currency=sale.currency,
        actor=actor,
        moves_stock=True,
    )


def guard_window(sale: Order, *, quality: bool, exchange: bool, manager: bool) -> None:
    """Raises Refused after the house rules' days; for a fault they are longer, and a manager may do it any day."""
    rules = document("till")
    days = rules.quality_days if quality else rules.exchange_days if exchange else rules.return_days
    if not manager and clock.now() > sale.occurred_at + timedelta(days=days):
        raise Refused(_("已超过 %(days)s 天，请店长处理") % {"days": days})


def taken_from(sale: Order, worth: int) -> list[Part]:
    """So many fen of what the sale was paid with, in proportion to what is left of each."""
    held = paid_with(sale)
    try:
        fens = spread(worth, [part.fen for part in held])
    except ValueError:
        raise Refused(_("退款金额超过了还可以退的金额")) from None
    return [
        part._replace(fen=fen, points=points_back(part.points, part.fen, fen))
        for part, fen in zip(held, fens, strict=True)
        if fen
    ]


def note_parts(order: Order, parts: Sequence[Part]) -> None:
    Tender.objects.bulk_create(
        Tender(
            order=order, payment_id=part.payment, method=part.method,
            fen=part.fen, points=part.points, points_of=part.points_of,
        )
        for part in parts
    )  # fmt: skip


def _less(part: Part) -> Part:
    return part._replace(fen=-part.fen, points=-part.points)


def give(
    parts: Sequence[Part], row: Refund, *, actor: int | None, till: int | None = None, allowance: bool = False
) -> None:
    """Ask each payment for its part back, cash out of a till's drawer; put points into the lots they came from."""
    about = f"order:{row.order_id}"
    for part in parts:
        if part.payment is not None and part.fen:
            refund_money(
                payment=part.payment, amount_fen=part.fen, key=str(row), actor=actor, till=till, reason=row.reason,
                allowance=allowance,
            )  # fmt: skip
        elif part.points:
            # One document gives back to one spending; points of a second one, carried by an exchange, name theirs.
            give_points_back(spent_on=part.points_of, document=about, points=part.points, actor=actor)
            about = f"refund:{row.pk}"


def give_coupons(sale: Order, *, actor: int | None) -> None:
    """When nothing of the sale is left its coupons may be used again."""
    sold = OrderLine.objects.filter(order=sale, kind=LineKind.GOODS)
    pieces = sold.aggregate(n=Sum("quantity"))["n"] or 0
    if pieces == sum(came_back(sold.values_list("pk", flat=True)).values()):
        give_coupons_back(document=f"order:{sale.pk}", store=sale.store_id, actor=actor)

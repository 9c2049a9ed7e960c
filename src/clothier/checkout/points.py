"""Points follow orders, after the commit: goods sold earn, goods that came back take theirs along."""

from collections.abc import Iterable
from typing import Any

from clothier.checkout.contracts import LineKind
from clothier.checkout.events import OrderExchanged, ReturnRecorded, SaleRecorded
from clothier.checkout.models import Order, OrderLine, Reduction
from clothier.checkout.rules.orders import paid_for
from clothier.eventlog.contracts import Happening, deferred_together
from clothier.loyalty.contracts import CURRENCY, BackLine, Earning, EarnLine, ExchangeLine
from clothier.loyalty.services import earn_many, exchange, reverse, review

_COUNTS = (LineKind.GOODS, LineKind.DISCOUNT)
_NEEDED = (
    "lines__reductions",
    "lines__returned_line__reductions",
    "exchanged_for__order__lines__returned_line__reductions",
)


@deferred_together(
    "checkout.points", SaleRecorded.type, ReturnRecorded.type, OrderExchanged.type, known=True, past=False
)
def move_points(entries: list[Happening]) -> None:
    """Idempotent, and whatever is told first: a return sees to it that its sale has earned.

    Orders that an import brought earn nothing, for the old system has given its points; they count for the tier.
    """
    orders = _with_sales(entry.subject_id for entry in entries)
    earn_many(filter(None, map(_earning, orders)))
    for order in orders:
        _take_back(order)
    review(order.customer_id for order in orders if order.customer_id)


def _with_sales(ids: Iterable[int]) -> list[Order]:
    """These orders and those that sold what came back with them, in the order of time."""
    known: dict[int, Order] = {}
    wanted = set(ids)
    while wanted:
        told = Order.objects.filter(pk__in=wanted).prefetch_related(*_NEEDED)
        known.update({order.pk: order for order in told})
        sold = {line.returned_line.order_id for pk in wanted for line in _goods(known[pk]) if line.returned_line}
        wanted = sold - known.keys()
    return sorted(known.values(), key=lambda order: (order.occurred_at, order.pk))


def _earning(order: Order) -> Earning | None:
    """What of an order earns: the goods that replace none that came back, at what was paid for them."""
    swaps, _back = _returned(order)
    new = {swap.line for swap in swaps}
    lines = tuple(EarnLine(pk, fen) for pk, fen in _paid(order).items() if fen > 0 and pk not in new)
    if not lines or not _is_ours(order):
        return None
    return Earning(f"order:{order.pk}", order.customer_id or 0, order.occurred_at, lines, order.store_id)


def _take_back(order: Order) -> None:
    swaps, back = _returned(order)
    if not _is_ours(order):
        return
    document, at = f"order:{order.pk}", order.occurred_at
    if swaps:
        exchange(document=document, lines=swaps, occurred_at=at, store=order.store_id)
    if back:
        reverse(document=document, lines=back, occurred_at=at, store=order.store_id)


def _is_ours(order: Order) -> bool:
    return order.batch is None and order.customer_id is not None and order.currency == CURRENCY


def _goods(order: Order) -> list[OrderLine]:
    """Its goods, and what came back for them where it is one half of an exchange."""
    notes: Any = order
    back = [note.order for note in notes.exchanged_for.all() if note.order is not None]
    return [line for one in (order, *back) for line in one.lines.all() if line.kind == LineKind.GOODS]


def _by_points(line: OrderLine) -> int:
    """Fen of the line that points paid: they earn no points."""
    told: Any = line
    return sum(one.fen for one in told.reductions.all() if one.kind == Reduction.Kind.POINTS)


def _paid(order: Order) -> dict[int, int]:
    """Fen of money by line of goods, with the order's discounts taken off."""
    lines = [line for line in order.lines.all() if line.kind in _COUNTS]
    return paid_for([(line.pk, line.kind == LineKind.GOODS, line.total_fen - _by_points(line)) for line in lines])


def _returned(order: Order) -> tuple[list[ExchangeLine], list[BackLine]]:
    """Pieces that came back for others in the same order, dearest for dearest, and those that just came back."""
    paid = _paid(order)
    back = [_back(line, -line.total_fen) for line in _goods(order) if line.returned_line and line.total_fen < 0]
    new = [(pk, fen) for pk, fen in paid.items() if fen > 0]
    back.sort(key=lambda line: -line.fen)
    new.sort(key=lambda line: -line[1])
    swaps = [ExchangeLine(pk, fen, line) for line, (pk, fen) in zip(back, new, strict=False)]
    return swaps, back[len(swaps) :]


def _back(line: OrderLine, fen: int) -> BackLine:
    sold = line.returned_line
    assert sold is not None
    by_points = _by_points(sold) * fen // sold.total_fen if sold.total_fen else 0
    return BackLine(line.pk, fen - by_points, f"order:{sold.order_id}", sold.pk)

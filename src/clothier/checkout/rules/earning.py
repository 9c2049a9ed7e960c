"""Which pieces of an order earn points, and which take some along: what is new, what came back, what was exchanged."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from clothier.checkout.rules.orders import paid_for
from clothier.loyalty.contracts import CURRENCY, BackLine, Earning, EarnLine, ExchangeLine


class Piece(NamedTuple):
    """A line of goods, or a discount. `by_points` are the fen of it that points paid, which earn none.

    What came back names the line it was sold as, that line's order, its fen and those of them that points paid.
    """

    id: int
    goods: bool
    fen: int
    by_points: int
    sold_as: int | None = None
    sold_in: int | None = None
    sold_fen: int = 0
    sold_by_points: int = 0


class Moved(NamedTuple):
    """An order's lines, and those of what came back for them where it is one half of an exchange."""

    id: int
    customer: int | None
    store: int | None
    batch: int | None
    currency: str
    occurred_at: datetime
    lines: Sequence[Piece]
    returned: Sequence[Piece]

    @property
    def document(self) -> str:
        return f"order:{self.id}"


def counts(order: Moved) -> bool:
    """Orders that an import brought earn nothing, for the old system has given its points."""
    return order.batch is None and order.customer is not None and order.currency == CURRENCY


def came_back(order: Moved) -> list[Piece]:
    """Goods sold before that it takes back."""
    pieces = (*order.lines, *order.returned) if order.returned else order.lines
    return [piece for piece in pieces if piece.sold_as is not None and piece.goods]


def earning(order: Moved) -> Earning | None:
    """What of an order earns: the goods that replace none that came back, at what was paid for them."""
    if not counts(order):
        return None
    new = {swap.line for swap in exchanged(order)[0]}
    lines = tuple(EarnLine(pk, fen) for pk, fen in _paid(order).items() if fen > 0 and pk not in new)
    return Earning(order.document, order.customer or 0, order.occurred_at, lines, order.store) if lines else None


def exchanged(order: Moved) -> tuple[list[ExchangeLine], list[BackLine]]:
    """Pieces that came back for others in the same order, dearest for dearest, and those that just came back."""
    back = [_back(piece) for piece in came_back(order) if piece.fen < 0]
    if not back:
        return [], []
    new = [(pk, fen) for pk, fen in _paid(order).items() if fen > 0]
    back.sort(key=lambda line: -line.fen)
    new.sort(key=lambda line: -line[1])
    swaps = [ExchangeLine(pk, fen, line) for line, (pk, fen) in zip(back, new, strict=False)]
    return swaps, back[len(swaps) :]


def _paid(order: Moved) -> dict[int, int]:
    """Fen of money by line of goods, with the order's discounts taken off."""
    return paid_for([(piece.id, piece.goods, piece.fen - piece.by_points) for piece in order.lines])


def _back(piece: Piece) -> BackLine:
    fen = -piece.fen
    by_points = piece.sold_by_points * fen // piece.sold_fen if piece.sold_fen else 0
    return BackLine(piece.id, fen - by_points, f"order:{piece.sold_in}", piece.sold_as or 0)

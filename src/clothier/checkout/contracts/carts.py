"""A cart as pages see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from clothier.checkout.contracts.pricing import Quote


class Next(StrEnum):
    """The one thing that comes next at the till."""

    SCAN = "scan"
    GOODS = "goods"
    DISCOUNTS = "discounts"
    AMOUNT = "amount"
    PAY = "pay"
    FINISH = "finish"
    RESUME = "resume"
    RECEIPT = "receipt"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BackView:
    """Pieces that come back in exchange, and what they are worth now."""

    id: int
    line_id: int
    code: str
    description: str
    quantity: int
    fen: int
    order_id: int


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart with its price. `due_fen` is to be paid, `refund_fen` goes back (an exchange may give either)."""

    cart: Any
    lines: list[Any]
    backs: list[BackView]
    quote: Quote
    confirmed: frozenset[str]
    paid_fen: int
    next: Next

    @property
    def back_fen(self) -> int:
        return sum(back.fen for back in self.backs)

    @property
    def due_fen(self) -> int:
        return max(self.quote.due_fen - self.back_fen, 0)

    @property
    def refund_fen(self) -> int:
        return max(self.back_fen - self.quote.due_fen, 0)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Suspended:
    """A sale that waits for its customer."""

    cart: Any
    pieces: int
    since: datetime

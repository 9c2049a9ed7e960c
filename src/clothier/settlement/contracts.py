"""What the close of a day is made of, for the desks above."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayState(StrEnum):
    """How far one store's business day has come; each state has one next step."""

    TRADING = "trading"
    COUNTED = "counted"
    CLOSED = "closed"
    DIFFERENT = "different"
    MATCHED = "matched"


class DifferenceKind(StrEnum):
    """Why two sides do not agree. `missing_here`: they tell of money that we do not know; `missing_there`: we of money
    that they do not.
    """

    FEE = "fee"
    TIMING = "timing"
    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    DOUBLE = "double"
    AMOUNT = "amount"


class DifferenceState(StrEnum):
    """`open` waits for a person; `explained` needs none; `gone` stopped being a difference by itself."""

    OPEN = "open"
    EXPLAINED = "explained"
    RESOLVED = "resolved"
    GONE = "gone"


# Whose books stand against ours: a provider by its name, our own orders, or the points.
ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between the sides, in fen. `key` is what it is known by however often it is found."""

    key: str
    side: str
    kind: DifferenceKind
    date: date
    reference: str = ""
    provider_reference: str = ""
    method: str = ""
    store: int | None = None
    payment: int | None = None
    ours_fen: int = 0
    theirs_fen: int = 0
    rows: int = 1


# Notes and coins of the renminbi in fen, as a drawer is counted.
DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
# More of a kind than any drawer holds: a slip of the finger, not a count.
MOST_PIECES = 100_000
# Lines of a day's figures that are no way to pay.
SALES, RETURNS, ALLOWANCES, POINTS = "sales", "returns", "allowances", "points"
CASH = "cash"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One store's day as a list shows it. `id` is 0 for a day that nobody has touched yet."""

    id: int
    store_id: int
    date: date
    state: DayState
    takings_fen: int = 0
    open_tills: int = 0
    tills: int = 0
    differences: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A business day of a store: its date, and the moments (microseconds since 1970) it starts and ends."""

    date: date
    start: int
    end: int

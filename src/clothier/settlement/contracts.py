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


# Notes and coins of the renminbi in fen, as a drawer is counted.
DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
# Lines of a day's figures that are no way to pay.
SALES, RETURNS, POINTS = "sales", "returns", "points"
CASH = "cash"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A business day of a store: its date, and the moments (microseconds since 1970) it starts and ends."""

    date: date
    start: int
    end: int

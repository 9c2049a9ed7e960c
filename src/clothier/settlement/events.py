"""What happens when tills and days are closed and books are compared."""

from datetime import date
from typing import ClassVar

from clothier.eventlog.contracts import Event


class TillOpened(Event):
    """A drawer began its session with a float."""

    type: ClassVar[str] = "till.opened"
    till_id: int
    session_id: int
    day_id: int
    float_fen: int


class DrawerCounted(Event):
    """Somebody counted a drawer without knowing what should be in it."""

    type: ClassVar[str] = "till.counted"
    till_id: int
    session_id: int
    total_fen: int


class CashMoved(Event):
    """Cash was put into a drawer (above zero) or taken out of it beside the sales."""

    type: ClassVar[str] = "till.cash_moved"
    till_id: int
    session_id: int
    fen: int


class TillClosed(Event):
    """A session ended: what was counted less what should have been there is `difference_fen`."""

    type: ClassVar[str] = "till.closed"
    till_id: int
    session_id: int
    day_id: int
    counted_fen: int
    difference_fen: int


class DayClosed(Event):
    """A store's business day was closed; `agreed_seconds` is how long the match may take where that was agreed."""

    type: ClassVar[str] = "day.closed"
    day_id: int
    date: date
    agreed_seconds: int | None = None

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


class StatementImported(Event):
    """A provider's file was taken in. `replaces`: a corrected file of a date that was there before."""

    type: ClassVar[str] = "statement.imported"
    statement_id: int
    provider: str
    date: date
    rows: int
    refused: int = 0
    replaces: int | None = None


class SettlementMatched(Event):
    """Orders, payments and providers agree about a store's day, or every difference is explained."""

    type: ClassVar[str] = "settlement.matched"
    day_id: int


class SettlementReopened(Event):
    """A matched day has a difference again: a decision was taken back, or a file was corrected."""

    type: ClassVar[str] = "settlement.reopened"
    day_id: int


class DifferenceResolved(Event):
    """A person decided about a difference."""

    type: ClassVar[str] = "difference.resolved"
    difference_id: int
    decision_id: int
    reason: str


class DifferenceReopened(Event):
    """A decision was taken back."""

    type: ClassVar[str] = "difference.reopened"
    difference_id: int
    decision_id: int


class DifferenceTaken(Event):
    """A difference got another owner."""

    type: ClassVar[str] = "difference.taken"
    difference_id: int
    owner_id: int


class DifferenceRemarked(Event):
    """Somebody wrote a note about a difference."""

    type: ClassVar[str] = "difference.remarked"
    difference_id: int
    remark_id: int

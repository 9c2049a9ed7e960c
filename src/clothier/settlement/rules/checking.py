"""What a provider's file holds, added up row by row and held against its own summary."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone

from clothier.payments.contracts import RefusedRow, StatementKind, StatementRow, StatementTotals

# So many refused rows are kept to look at.
SHOWN = 100
_BEIJING = timezone(timedelta(hours=8))


@dataclass(slots=True)
class Checked:
    rows: int = 0
    refused: int = 0
    payments_fen: int = 0
    refunds_fen: int = 0
    fee_fen: int = 0
    # The day that most rows are of.
    day: date | None = None
    refusals: list[RefusedRow] = field(default_factory=list)
    cut_short: bool = False
    # Nothing in it, and no summary that says so.
    blank: bool = False


def check(rows: Iterable[StatementRow | RefusedRow | StatementTotals]) -> Checked:
    """Added up; `cut_short` when the file's summary says that there is more, or less, than its rows."""
    found, days = Checked(), Counter[date]()
    summary = StatementTotals()
    for row in rows:
        if isinstance(row, StatementTotals):
            summary = row
        elif isinstance(row, RefusedRow):
            found.refused += 1
            if len(found.refusals) < SHOWN:
                found.refusals.append(row)
        else:
            _add(found, row)
            days[row.occurred_at.astimezone(_BEIJING).date()] += 1
    found.day = max(days, key=lambda day: (days[day], day)) if days else None
    found.cut_short = not _agrees(found, summary)
    found.blank = not found.rows and summary.rows is None
    return found


def _add(found: Checked, row: StatementRow) -> None:
    found.rows += 1
    found.fee_fen += row.fee_fen
    if row.kind is StatementKind.PAYMENT:
        found.payments_fen += row.amount_fen
    else:
        found.refunds_fen += row.amount_fen


def _agrees(found: Checked, summary: StatementTotals) -> bool:
    """Whatever the summary leaves unsaid agrees; refused rows are rows of the file all the same."""
    if summary.rows is not None and summary.rows != found.rows + found.refused:
        return False
    if found.refused:
        # Their money is in the summary and not in ours: the rows were counted, which has to do.
        return True
    stated = (summary.payments_fen, summary.refunds_fen, summary.fee_fen)
    ours = (found.payments_fen, found.refunds_fen, found.fee_fen)
    return all(said is None or abs(said) == abs(fen) for said, fen in zip(stated, ours, strict=True))

"""Both sides of a comparison as columns: our moves, and the rows of a provider's files."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from clothier.kernel import columns
from clothier.payments import selectors as payments
from clothier.payments.contracts import Method, Move, Moves
from clothier.settlement.models import Statement, StatementLine
from clothier.settlement.rules.explaining import Theirs
from clothier.standards.selectors import document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clothier.kernel.columns import Ints

# The providers' day: theirs begins at midnight in Beijing, wherever the shop is.
THEIR_ZONE = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
_MICRO_DAY, _BEIJING = 86_400_000_000, 8 * 3_600_000_000
_EPOCH = date(1970, 1, 1).toordinal()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=THEIR_ZONE).astimezone(UTC)


def their_date(moment: datetime) -> date:
    return moment.astimezone(THEIR_ZONE).date()


def dates_of(moments: "Ints") -> "Ints":
    """The providers' dates of moments in microseconds, as ordinals: Beijing keeps no summer time."""
    return (moments + _BEIJING) // _MICRO_DAY + _EPOCH


def ends_a_day(moments: "Ints") -> "NDArray[np.bool_]":
    """Whether each moment is so late in the providers' day that it may stand in the next one's file."""
    late: NDArray[np.bool_] = (moments + _BEIJING) % _MICRO_DAY >= _MICRO_DAY - document(
        "settlement"
    ).late_evening * 1_000_000
    return late


def stated_dates(provider: str, first: date, last: date) -> dict[date, int]:
    """The files in force of a provider, by the date they are about."""
    files = Statement.objects.filter(provider=provider, current=True, date__range=(first, last))
    return {day: pk for day, pk in files.values_list("date", "pk") if day}


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of some files. `statements` says which file each stands in."""

    statements: "Ints"
    references: Sequence[str]
    amounts: "Ints"
    fees: "Ints"


def lines_of(statements: Iterable[int]) -> Lines:
    """All rows of these files."""
    condition, values = columns.among("statement_id", statements)
    told = f"SELECT statement_id, reference, amount_fen, fee_fen FROM {columns.table(StatementLine)} WHERE {condition}"  # noqa: S608
    files, amounts, fees = [], [], []
    references: list[str] = []
    for rows in columns.stream(told, values, rows=5_000):
        some_files, some, some_amounts, some_fees = zip(*rows, strict=True)
        references.extend(some)
        files.append(np.array(some_files, dtype=np.int64))
        amounts.append(np.array(some_amounts, dtype=np.int64))
        fees.append(np.array(some_fees, dtype=np.int64))
    return Lines(_joined(files), references, _joined(amounts), _joined(fees))


def moves_between(provider: str, first: date, last: date) -> Moves:
    """Our moves through a provider, by its own dates, both included."""
    blocks = list(payments.moves(start=midnight(first), end=midnight(last + _DAY), provider=provider))
    return Moves(
        payments=_joined([block.payments for block in blocks]),
        stores=_joined([block.stores for block in blocks]),
        methods=[method for block in blocks for method in block.methods],
        months=_joined([block.months for block in blocks]),
        providers=[provider] * sum(map(len, blocks)),
        references=[reference for block in blocks for reference in block.references],
        amounts=_joined([block.amounts for block in blocks]),
        moments=_joined([block.moments for block in blocks]),
        allowances=_joined([block.allowances for block in blocks]),
    )


def named(references: Iterable[str]) -> tuple[dict[str, Move], dict[str, list[Theirs]]]:
    """Everything either side knows under these numbers, in whatever file and at whatever time."""
    wanted = sorted(references)
    moves: dict[str, Move] = {}
    stated: defaultdict[str, list[Theirs]] = defaultdict(list)
    for start in range(0, len(wanted), 5_000):
        some = wanted[start : start + 5_000]
        moves |= {move.reference: move for move in payments.moves_named(some)}
        rows = StatementLine.objects.filter(reference__in=some, statement__current=True)
        told = ("reference", "statement__date", "amount_fen", "provider_reference", "currency")
        for reference, day, fen, theirs, currency in rows.order_by("pk").values_list(*told):
            stated[reference].append(Theirs(day, fen, theirs, currency))
    return moves, stated


def rates(methods: Sequence[str], months: "Ints") -> "Ints":
    """What the contracts say a provider keeps of each row, in hundredths of a percent."""
    rules = document("payments")
    ways = {str(method): way.fee if (way := rules.way(method)) else 0 for method in Method}
    plans = {plan.months: plan.fee for plan in rules.plans if plan.borne_by == "house"}
    found: Ints = np.fromiter((ways.get(method, 0) for method in methods), dtype=np.int64, count=len(methods))
    for length, fee in plans.items():
        found = found + np.where(months == length, fee, 0)
    return found


def _joined(parts: "list[Ints]") -> "Ints":
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

"""Why two sides differ about one number: a pure function of all that is known of it, in whatever order it came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from clothier.settlement.contracts import DifferenceKind, Finding


@dataclass(frozen=True, slots=True)
class Ours:
    """One row of our books, dated as the provider would date it."""

    date: date
    fen: int
    method: str
    store: int | None
    payment: int
    currency: str = "CNY"
    evening: bool = False


@dataclass(frozen=True, slots=True)
class Theirs:
    """One row of theirs, dated by the file it stands in."""

    date: date
    fen: int
    provider_reference: str
    currency: str = "CNY"


def explain(
    side: str, reference: str, ours: Ours | None, theirs: Sequence[Theirs], *, told: Callable[[Ours], bool]
) -> Finding | None:
    """The difference about one number, None where there is none or it is too early to say.

    `told`: whether the provider has told of the day (and, for the end of an evening, of the next one too).
    """
    if ours is None and not theirs:
        return None
    kind = _kind(ours, theirs, told)
    if kind is None:
        return None
    stated = sum(row.fen for row in theirs)
    first = min(theirs, key=lambda row: (row.date, row.provider_reference)) if theirs else None
    return Finding(
        key=f"{side}:{reference}",
        side=side,
        kind=kind,
        date=ours.date if ours else first.date if first else date.min,
        reference=reference,
        provider_reference=first.provider_reference if first else "",
        method=ours.method if ours else "",
        store=ours.store if ours else None,
        payment=ours.payment if ours else None,
        ours_fen=ours.fen if ours else 0,
        theirs_fen=stated,
        rows=max(len(theirs), 1),
    )


def _kind(ours: Ours | None, theirs: Sequence[Theirs], told: Callable[[Ours], bool]) -> DifferenceKind | None:
    if ours is None:
        return DifferenceKind.MISSING_HERE
    if not theirs:
        return DifferenceKind.MISSING_THERE if told(ours) else None
    if len(theirs) > 1:
        return DifferenceKind.DOUBLE
    (row,) = theirs
    if row.fen != ours.fen or row.currency != ours.currency:
        return DifferenceKind.AMOUNT
    return DifferenceKind.TIMING if row.date != ours.date else None

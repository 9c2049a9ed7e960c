"""A provider's files against our moves: what agrees is added up by day, what does not is explained.

Comparing again finds the same differences: each is a function of all that both sides know of its number, in whatever
order files and sales came.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

import numpy as np
from django.db import transaction

from clothier.payments.contracts import Move, Moves
from clothier.settlement.contracts import DifferenceKind, Finding
from clothier.settlement.models import BusinessDay, DayStatement, Statement
from clothier.settlement.rules import fees
from clothier.settlement.rules.dates import micros_of
from clothier.settlement.rules.explaining import Ours, explain
from clothier.settlement.rules.pairing import Pairs, Side, pair
from clothier.settlement.selectors import sides
from clothier.settlement.selectors.placing import days_of
from clothier.settlement.selectors.sides import Lines
from clothier.settlement.services.findings import keep, standing
from clothier.standards.selectors import document

# Rows compared at a time, so that memory has a bound: whole days up to so many.
AT_ONCE = 100_000
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Compared:
    """What a comparison went through, in rows, and how many differences it found."""

    ours: int = 0
    theirs: int = 0
    differences: int = 0


def compare(*, provider: str, first: date, last: date) -> Compared:
    """Hold a provider's files of these dates (both included) against our books. Twice is once."""
    done = Compared()
    for dates in _stretches(provider, first, last):
        with transaction.atomic():
            _compare(provider, dates, done)
    return done


def _stretches(provider: str, first: date, last: date) -> Iterator[dict[date, int]]:
    """Dates that have a file, with it, a bounded number of rows at a time."""
    files = sides.stated_dates(provider, first, last)
    sizes = dict(Statement.objects.filter(pk__in=files.values()).values_list("pk", "rows"))
    some: dict[date, int] = {}
    for day, pk in sorted(files.items()):
        if some and sum(sizes[other] for other in some.values()) + sizes[pk] > AT_ONCE:
            yield some
            some = {}
        some[day] = pk
    if some:
        yield some


def _compare(provider: str, dates: dict[date, int], done: Compared) -> None:
    first, last = min(dates), max(dates)
    moves, lines = sides.moves_between(provider, first, last), sides.lines_of(dates.values())
    pairs = pair(Side(moves.references, moves.amounts), Side(lines.references, lines.amounts))
    suspects = pairs.suspects | standing(provider, first, last)
    findings, strays = _explained(provider, suspects, lines, pairs)
    findings += _fees_off(provider, dates, moves, lines, pairs)
    _add_up(provider, dates, moves, lines, pairs, strays)
    examined = {f"{provider}:{what}" for what in chain(suspects, (f"fee:{day}" for day in dates))}
    keep(findings, side=provider, examined=examined, first=first, last=last)
    done.ours += len(moves)
    done.theirs += len(lines.references)
    done.differences += len(findings)


def _explained(provider: str, suspects: set[str], lines: Lines, pairs: Pairs) -> tuple[list[Finding], dict[int, Move]]:
    """The differences among the suspects, and our moves of another date for their rows that found none here."""
    moves, stated = sides.named(suspects)
    told = _Told(provider)
    found = []
    for reference in sorted(suspects):
        move = moves.get(reference)
        finding = explain(
            provider,
            reference,
            _ours(move, told.evening) if move else None,
            stated.get(reference, []),
            told=told,
        )
        if finding:
            found.append(finding)
    lone = {n: moves.get(lines.references[n]) for n in pairs.lone.tolist()}
    return found, {n: move for n, move in lone.items() if move}


class _Told:
    """Whether the provider has told of the day of one of our rows; asked once a date."""

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.evening = timedelta(seconds=document("settlement").late_evening)
        self.dates: dict[date, bool] = {}

    def __call__(self, ours: Ours) -> bool:
        return self._has(ours.date) and (not ours.evening or self._has(ours.date + _DAY))

    def _has(self, day: date) -> bool:
        if day not in self.dates:
            self.dates[day] = bool(sides.stated_dates(self.provider, day, day))
        return self.dates[day]


def _ours(move: Move, evening: timedelta) -> Ours:
    day = sides.their_date(move.occurred_at)
    return Ours(
        date=day,
        fen=move.amount_fen,
        method=move.method,
        store=move.store,
        payment=move.payment,
        currency=move.currency,
        evening=move.occurred_at >= sides.midnight(day + _DAY) - evening,
    )


def _fees_off(provider: str, dates: dict[date, int], moves: Moves, lines: Lines, pairs: Pairs) -> list[Finding]:
    """One difference a file for fees that are not what the contract says: thousands of rows have one cause."""
    rules = document("settlement")
    rates = sides.rates(moves.methods, moves.months)[pairs.ours]
    due = fees.due(lines.amounts[pairs.theirs], rates, returned=rules.fee_returned)
    kept = lines.fees[pairs.theirs]
    off = np.abs(kept - due) > rules.fee_tolerance
    files = lines.statements[pairs.theirs]
    found = []
    for day, pk in dates.items():
        mine = off & (files == pk)
        if mine.any():
            found.append(
                Finding(
                    key=f"{provider}:fee:{day}",
                    side=provider,
                    kind=DifferenceKind.FEE,
                    date=day,
                    ours_fen=int(due[mine].sum()),
                    theirs_fen=int(kept[mine].sum()),
                    rows=int(mine.sum()),
                )
            )
    return found


def _add_up(
    provider: str, dates: dict[date, int], moves: Moves, lines: Lines, pairs: Pairs, strays: dict[int, Move]
) -> None:
    """What the files say about each business day, by method, in place of what an earlier comparison had added up."""
    stray = list(strays.items())
    theirs = np.concatenate([pairs.theirs, np.array([n for n, _move in stray], dtype=np.int64)])
    stores = np.concatenate([moves.stores[pairs.ours], np.array([m.store or 0 for _n, m in stray], dtype=np.int64)])
    moments = np.concatenate(
        [moves.moments[pairs.ours], np.array([micros_of(m.occurred_at) for _n, m in stray], dtype=np.int64)]
    )
    methods = [moves.methods[n] for n in pairs.ours.tolist()] + [m.method for _n, m in stray]
    names = sorted(set(methods))
    method = np.array([names.index(one) for one in methods], dtype=np.int64)
    days = days_of(stores, moments)
    groups = np.stack([stores, days, method, lines.statements[theirs]], axis=1)[stores > 0]
    theirs = theirs[stores > 0]
    unique, place = np.unique(groups, axis=0, return_inverse=True)
    rows = np.bincount(place.ravel(), minlength=len(unique))
    fen, fee = (_sums(place.ravel(), cells[theirs], len(unique)) for cells in (lines.amounts, lines.fees))
    by_file = {pk: day for day, pk in dates.items()}
    ids = _day_ids({(int(store), int(day)) for store, day, _m, _f in unique.tolist()})
    DayStatement.objects.filter(provider=provider, stated_on__in=dates).delete()
    DayStatement.objects.bulk_create(
        DayStatement(
            day_id=ids[store, day],
            provider=provider,
            method=names[which],
            stated_on=by_file[file],
            rows=int(rows[n]),
            fen=int(fen[n]),
            fee_fen=int(fee[n]),
        )
        for n, (store, day, which, file) in enumerate(unique.tolist())
    )


def _sums(place: "np.ndarray", amounts: "np.ndarray", count: int) -> "np.ndarray":
    """Sums by group. Whole numbers throughout: a float would lose a fen somewhere in a million."""
    added = np.zeros(count, dtype=np.int64)
    np.add.at(added, place, amounts)
    return added


def _day_ids(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The business days' ids by store and ordinal, made where nobody opened them."""
    found: dict[tuple[int, int], int] = {}
    for store, ordinal in sorted(wanted):
        day, _new = BusinessDay.objects.get_or_create(store_id=store, date=date.fromordinal(ordinal))
        found[store, ordinal] = day.pk
    return found

"""Days of the past, closed and compared all at once: a demo's last weeks, a chain that moves in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from clothier.checkout import selectors as checkout
from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.columns import Cells, Every, Ints, insert
from clothier.kernel.refs import Ref
from clothier.payments import selectors as payments
from clothier.payments.contracts import Moves
from clothier.settlement.contracts import POINTS, RETURNS, SALES, DifferenceState
from clothier.settlement.events import DayClosed
from clothier.settlement.models import (
    BusinessDay,
    DayFigure,
    Decision,
    Difference,
    Statement,
    StatementLine,
    Till,
    TillSession,
)
from clothier.settlement.rules.dates import micros_of
from clothier.settlement.rules.fees import due
from clothier.settlement.selectors.placing import days_of
from clothier.settlement.selectors.sides import midnight, moves_between, rates
from clothier.standards.selectors import document

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PastFile:
    """A provider's file of one date as columns, its rows in any order; fen, moments in seconds since 1970."""

    provider: str
    date: date
    references: Sequence[str]
    theirs: Sequence[str]
    amounts: Ints
    fees: Ints
    moments: Ints


def past_moves(provider: str, day: date) -> tuple[Moves, Ints]:
    """What moved through a provider on one of its dates, and its fees by contract: what its file of it is made of."""
    moves = moves_between(provider, day, day)
    return moves, due(moves.amounts, rates(moves.methods, moves.months), returned=document("settlement").fee_returned)


@transaction.atomic
def load_files(files: Iterable[PastFile]) -> int:
    """Take files in as if they had been sent; how many rows. Comparing is for afterwards."""
    now, rows = clock.now(), 0
    for file in files:
        count = len(file.references)
        made = Statement.objects.create(
            provider=file.provider,
            date=file.date,
            state=Statement.State.DONE,
            current=True,
            file_name=f"{file.provider}-{file.date}.csv",
            sha256="",
            rows=count,
            done=count,
            payments_fen=int(file.amounts[file.amounts > 0].sum()),
            refunds_fen=int(file.amounts[file.amounts < 0].sum()),
            fee_fen=int(file.fees.sum()),
            received_at=now,
            finished_at=now,
        )
        told: dict[str, Cells] = {
            "statement_id": Every(made.pk),
            "line": np.arange(1, count + 1),
            "refund": (file.amounts < 0).tolist(),
            "reference": file.references,
            "provider_reference": file.theirs,
            "occurred_at": file.moments,
            "amount_fen": file.amounts,
            "fee_fen": file.fees,
        }
        rows += len(insert(StatementLine, told, count=count))
    return rows


@transaction.atomic
def close_past(*, stores: Mapping[int, int | None], first: date, last: date) -> None:
    """Close all days of these stores (with who closes them) from the first to the last, with their figures.

    Whoever tells a history has told all of its sales already: nothing is late.
    """
    now, days = clock.now(), [first + n * _DAY for n in range((last - first).days + 1)]
    BusinessDay.objects.bulk_create(
        (
            BusinessDay(
                store_id=store,
                date=day,
                closed_at=midnight(day) + timedelta(hours=22, minutes=20),
                sealed_at=now,
                closed_by=who,
                compared_at=now,
            )
            for day in days
            for store, who in stores.items()
        ),
        ignore_conflicts=True,
    )
    _load_figures(stores, first, last)


def _load_figures(stores: Iterable[int], first: date, last: date) -> None:
    days = BusinessDay.objects.filter(date__range=(first, last))
    ids = {(day.store_id, day.date.toordinal()): day.pk for day in days}
    figures: dict[tuple[int, str], DayFigure] = {}
    for block in payments.moves(start=midnight(first), end=midnight(last + 2 * _DAY)):
        _names, method = np.unique(np.array(block.methods), return_inverse=True)
        cells = np.stack([block.stores, days_of(block.stores, block.moments), method, block.amounts > 0], axis=1)
        groups, place = np.unique(cells, axis=0, return_inverse=True)
        sums = np.zeros(len(groups), dtype=np.int64)
        np.add.at(sums, place.ravel(), block.amounts)
        counts = np.bincount(place.ravel())
        for (store, day, which, came), n, fen in zip(groups.tolist(), counts.tolist(), sums.tolist(), strict=True):
            if (pk := ids.get((store, day))) is None:
                continue
            name = str(_names[which])
            line = figures.setdefault((pk, name), DayFigure(day_id=pk, line=name))
            if came:
                line.count, line.fen = line.count + n, line.fen + fen
            else:
                line.refunds, line.refund_fen = line.refunds + n, line.refund_fen + fen
    by_points = _by_points(stores, ids, first, last)
    told = list(figures.values())
    DayFigure.objects.bulk_create([*told, *by_points, *_sales([*told, *by_points])], batch_size=500)


def _by_points(stores: Iterable[int], ids: Mapping[tuple[int, int], int], first: date, last: date) -> list[DayFigure]:
    """What points paid on each day."""
    figures: dict[int, DayFigure] = {}
    for store in stores:
        taken = checkout.points_taken(store=store, start=midnight(first), end=midnight(last + 2 * _DAY))
        moments = np.array([micros_of(at) for at, _fen in taken], dtype=np.int64)
        days = days_of(np.full(len(taken), store), moments)
        for day, (_at, fen) in zip(days.tolist(), taken, strict=True):
            if pk := ids.get((store, day)):
                line = figures.setdefault(pk, DayFigure(day_id=pk, line=POINTS))
                line.count, line.fen = line.count + 1, line.fen + fen
    return list(figures.values())


def _sales(figures: Sequence[DayFigure]) -> Iterator[DayFigure]:
    """A history's money was all for orders."""
    by_day: dict[int, list[DayFigure]] = {}
    for figure in figures:
        by_day.setdefault(figure.day_id, []).append(figure)
    for day, some in by_day.items():
        # As on any day: points are part of what was sold, but no payment of their own.
        count, fen = sum(one.count for one in some if one.line != POINTS), sum(one.fen for one in some)
        yield DayFigure(day_id=day, line=SALES, count=count, fen=fen)
        if back := sum(one.refunds for one in some):
            fen = sum(one.refund_fen for one in some)
            yield DayFigure(day_id=day, line=RETURNS, refunds=back, refund_fen=fen)


@transaction.atomic
def decide_past(*, before: date, notes: Sequence[tuple[str, str]], actor: int | None) -> int:
    """What people had decided about differences before a date; `notes` are reasons and words, in turn. How many."""
    now, made = clock.now(), []
    for nth, row in enumerate(Difference.objects.filter(date__lt=before, state=DifferenceState.OPEN).order_by("pk")):
        reason, note = notes[nth % len(notes)]
        made.append(
            Decision(
                difference=row,
                reason=reason,
                note=note,
                kind=row.kind,
                ours_fen=row.ours_fen,
                theirs_fen=row.theirs_fen,
                decided_at=now,
                decided_by=actor,
            )
        )
    Decision.objects.bulk_create(made)
    Difference.objects.filter(pk__in=[one.difference_id for one in made]).update(state=DifferenceState.RESOLVED)
    return len(made)


@transaction.atomic
def match_past(*, until: date) -> None:
    """The closed days up to a date are matched where no difference waits; the others' promises begin."""
    now = clock.now()
    waiting = set(Difference.objects.filter(state=DifferenceState.OPEN).values_list("store_id", "date"))
    closed = BusinessDay.objects.filter(sealed_at__isnull=False, matched_at=None)
    through = [day.pk for day in closed if day.date <= until and (day.store_id, day.date) not in waiting]
    for start in range(0, len(through), 500):
        BusinessDay.objects.filter(pk__in=through[start : start + 500]).update(matched_at=now)
    record_all(
        Note(
            DayClosed(day_id=day.pk, date=day.date),
            Ref("day", day.pk),
            store=day.store_id,
            actor=day.closed_by,
            occurred_at=day.closed_at,
        )
        for day in closed.filter(matched_at=None).order_by("date", "store")
    )


@transaction.atomic
def open_past(*, tills: Mapping[int, int | None], float_fen: int, since: timedelta, days: Mapping[int, date]) -> None:
    """Tills (with who opened them) that have been open for so long, on their stores' days of this moment (by till)."""
    for till in Till.objects.filter(pk__in=tills):
        day, _new = BusinessDay.objects.get_or_create(store_id=till.store_id, date=days[till.pk])
        TillSession.objects.create(
            till=till, day=day, opened_at=clock.now() - since, opened_by=tills[till.pk], float_fen=float_fen
        )

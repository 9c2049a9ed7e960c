"""Value layers of very many people at once: what `layers.place` says of one, said of columns.

Moments are microseconds since 1970, NEVER where there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from clothier.customers.rules.layers import Ladder

Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).min)
_LATER = int(np.iinfo(np.int64).max)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1) // _MICROSECOND


@dataclass(frozen=True, slots=True)
class Standings:
    """What layers are decided on, by `layers.Standing`'s names."""

    orders: Ints
    first_purchase_at: Ints
    last_purchase_at: Ints
    window_orders: Ints
    window_spend_fen: Ints
    window_margin_fen: Ints
    window_oldest_at: Ints


@dataclass(frozen=True, slots=True)
class Placements:
    """For each the layer's place on the ladder (-1: none), and when time alone may change it."""

    step: Ints
    changes_at: Ints


def place_all(standings: Standings, ladder: Ladder, now: int) -> Placements:
    """The layers at `now`, and when to look again."""
    known = np.ones(len(standings.orders), dtype=bool)
    values = (
        (standings.window_spend_fen, known),
        (standings.window_orders, known),
        (standings.window_margin_fen, known),
        (standings.orders, known),
        _days(standings.last_purchase_at, now),
        _days(standings.first_purchase_at, now),
    )
    step = np.full(len(known), -1, dtype=np.int64)
    for place, rung in enumerate(ladder.steps):
        holds = step < 0
        for measure, bound in rung.least:
            holds &= values[measure][1] & (values[measure][0] >= bound)
        for measure, bound in rung.most:
            holds &= values[measure][1] & (values[measure][0] <= bound)
        step[holds] = place
    crossings = (
        _crossing(standings.last_purchase_at, ladder.since_last, now),
        _crossing(standings.first_purchase_at, ladder.since_first, now),
        _crossing(standings.window_oldest_at, (ladder.window,), now),
    )
    changes = np.minimum.reduce(crossings)
    return Placements(step, np.where(changes == _LATER, NEVER, changes))


def _days(since: Ints, now: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Whole days since, and whether there is anything to count from."""
    known = since != NEVER
    return (now - np.where(known, since, now)) // _DAY, known


def _crossing(since: Ints, offsets: Sequence[timedelta], now: int) -> Ints:
    """The first moment still to come at which one of the offsets has passed; the end of time where there is none."""
    known = since != NEVER
    start = np.where(known, since, 0)
    steps = np.array([offset // _MICROSECOND for offset in offsets], dtype=np.int64)
    following = np.searchsorted(steps, now - start, side="right")
    there = known & (following < len(steps))
    padded = np.append(steps, 0)
    return np.where(there, start + padded[following], _LATER)

"""Value layers of very many people at once: what `layers.place` says of one, said of columns.

`place` stays for the one who has just bought: a sale cannot wait for a statement, and asks nothing of the database.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from clothier.customers.rules.layers import Ladder, Limits, Step

Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).min)
_LATER = int(np.iinfo(np.int64).max)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
# The profile's columns in the order of MEASURES; days are counted since the last two.
_COLUMNS = (
    "window_spend_fen", "window_orders", "window_margin_fen", "orders", "last_purchase_at", "first_purchase_at",
)  # fmt: skip


def layer_sql(ladder: Ladder, now: datetime) -> str:
    """The layer at `now` as an expression over the profile's columns, for any database that knows SQL.

    Nothing is worked out with moments, which every database does in its own way: they are held against moments.
    """
    steps = " ".join(f"WHEN {_holds(step, now)} THEN '{step.key}'" for step in ladder.steps)
    return f"CASE {steps} ELSE '' END" if steps else "''"


def _holds(step: Step, now: datetime) -> str:
    return " AND ".join([*_bounds(step.least, ">=", now), *_bounds(step.most, "<=", now)]) or "1 = 1"


def _bounds(limits: Limits, sign: str, now: datetime) -> list[str]:
    return [
        f"{_COLUMNS[measure]} {sign} {bound}" if measure < 4 else f"{_COLUMNS[measure]} {_ago(sign, bound, now)}"
        for measure, bound in limits
    ]


def _ago(sign: str, days: int, now: datetime) -> str:
    """At least so many whole days have passed since a moment, or no more than so many: not yet the next one."""
    at_least = sign == ">="
    moment = now - (days if at_least else days + 1) * _DAY
    return f"{'<=' if at_least else '>'} '{moment.replace(tzinfo=None).isoformat(' ')}'"


def changes_at(
    *, first_purchase_at: Ints, last_purchase_at: Ints, window_oldest_at: Ints, limits: Ladder, now: int
) -> Ints:
    """When time alone may change each one's layer. Moments are microseconds since 1970, NEVER where there is none."""
    crossings = (
        _crossing(last_purchase_at, limits.since_last, now),
        _crossing(first_purchase_at, limits.since_first, now),
        _crossing(window_oldest_at, (limits.window,), now),
    )
    changes = np.minimum.reduce(crossings)
    return np.where(changes == _LATER, NEVER, changes)


def _crossing(since: Ints, offsets: Sequence[timedelta], now: int) -> Ints:
    """The first moment still to come at which one of the offsets has passed; the end of time where there is none."""
    known = since != NEVER
    start = np.where(known, since, 0)
    steps = np.array([offset // _MICROSECOND for offset in offsets], dtype=np.int64)
    following = np.searchsorted(steps, now - start, side="right")
    there = known & (following < len(steps))
    padded = np.append(steps, 0)
    return np.where(there, start + padded[following], _LATER)

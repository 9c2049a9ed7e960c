"""When the layers of very many people have to be looked at again: what `layers.place` says of one, said of columns."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from clothier.customers.rules.layers import Ladder
from clothier.kernel.columns import NEVER, Ints

_LATER = int(np.iinfo(np.int64).max)
_MICROSECOND = timedelta(microseconds=1)


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

"""Many promises at once as columns: what `evaluate` says of each where nothing paused, reopened or was taken back.

A history of a few ten thousand promises is judged in milliseconds; one by one they would take seconds. Tests hold every
promise judged here against `evaluate`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from clothier.kernel.columns import Ints
from clothier.standards.rules.hours import CalendarHours, Hours

Bools = NDArray[np.bool_]


class OpenTime:
    """The seconds that a calendar counts, as a function of time: whole seconds since 1970 in and out."""

    def __init__(self, hours: Hours, since: int, until: int, longest: int) -> None:
        """For clocks that start between two moments and run up to `longest` seconds; `until` the last one asked for."""
        spans = list(_spans(hours, since, until, longest)) if isinstance(hours, CalendarHours) else [(0, 2**40)]
        self.opens, self.closes = (np.array(edges, dtype=np.int64) for edges in zip(*spans, strict=True))
        self.before = np.concatenate([[0], np.cumsum(self.closes - self.opens)])

    def at(self, moments: Ints) -> Ints:
        """Seconds counted from the first span's beginning up to each moment."""
        nth = np.maximum(np.searchsorted(self.opens, moments, side="right") - 1, 0)
        found: Ints = self.before[nth] + np.clip(moments - self.opens[nth], 0, self.closes[nth] - self.opens[nth])
        return found

    def after(self, moments: Ints, seconds: int) -> Ints:
        """The first moment at which so many seconds have counted since each of these moments."""
        counted = self.at(moments) + seconds
        nth = np.searchsorted(self.before[1:], counted, side="left")
        found: Ints = self.opens[nth] + counted - self.before[nth]
        return found


@dataclass(frozen=True, slots=True)
class Judged:
    """Promises that are over; `elapsed` is on their clocks when they closed, `used` when they settled."""

    broken: Bools
    due: Ints
    settled: Ints
    elapsed: Ints
    used: Ints


def judge(time: OpenTime, *, started: Ints, closed: Ints, target: int) -> Judged:
    """Promises kept or cancelled at a moment, in time or too late. Kept at the due second is kept."""
    due = time.after(started, target)
    settled = np.minimum(due, closed)
    begun = time.at(started)
    return Judged(due < closed, due, settled, time.at(closed) - begun, time.at(settled) - begun)


def _spans(hours: CalendarHours, since: int, until: int, longest: int) -> "Sequence[tuple[int, int]]":
    """Open spans from one that may have begun before, until `longest` open seconds after the last moment."""
    found: list[tuple[int, int]] = []
    ahead = 0
    for start, end in hours.spans(datetime.fromtimestamp(since, UTC)):
        found.append((int(start.timestamp()), int(end.timestamp())))
        ahead += max(found[-1][1] - max(found[-1][0], until), 0)
        if ahead > longest:
            break
    return found

"""One cycle of a promise: from its start or a reopening to its end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import CycleVerdict
from clothier.standards.rules.hours import WALL, Hours, Span

_NOTHING = timedelta(0)


@dataclass
class Cycle:
    """Mutable while `evaluate` walks the facts; `consumed` is the time used by the cycles before it."""

    rule: PromiseRule
    hours: Hours
    number: int
    begun: datetime
    target: timedelta
    consumed: timedelta = _NOTHING
    pauses: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)
    parts: set[int] = field(default_factory=set)
    acknowledged: list[tuple[datetime, int | None]] = field(default_factory=list)
    retargeted: datetime | None = None
    outcome: str = ""
    waived: bool = False
    settled_at: datetime | None = None
    closed_at: datetime | None = None
    _due: tuple[Any, datetime | None] | None = None

    def moment(self, amount: timedelta, *, wall: bool = False) -> datetime | None:
        """When the cycle's clock (`wall`: one that runs day and night), pauses left out, shows `amount` (time consumed
        before included).
        """
        hours = WALL if wall else self.hours
        left, cursor = amount - self.consumed, self.begun
        for since, until in self.paused():
            if until <= cursor:
                continue
            if since >= cursor:
                run = hours.between(cursor, since)
                if run >= left:
                    break
                left -= run
            cursor = until
        return hours.after(cursor, left)

    def due(self) -> datetime | None:
        """Asked before and after every fact, and hours are dear: worked out once until something moves it."""
        basis = (self.begun, self.consumed, self.target, tuple(self.pauses))
        if self._due is None or self._due[0] != basis:
            self._due = basis, self.moment(self.target)
        return self._due[1]

    def elapsed(self, at: datetime) -> timedelta:
        """Time on the clock at a moment, earlier cycles included."""
        run = self.hours.between(self.begun, at)
        for since, until in self.paused():
            run -= self.hours.between(max(since, self.begun), min(until, at))
        return self.consumed + run

    def paused(self) -> list[Span]:
        """Pauses joined where they overlap, each cut at its cap and all together at the total."""
        if not self.pauses or self.rule.pausing is None:
            return []
        cap = timedelta(seconds=self.rule.pausing.cap)
        total = self.rule.pausing.total
        spans = sorted((since, min(until or since + cap, since + cap)) for _, since, until in self.pauses)
        return _limited(_joined(spans), timedelta.max if total is None else timedelta(seconds=total))

    def pause_at(self, at: datetime) -> Span | None:
        return next((span for span in self.paused() if span[0] <= at < span[1]), None)

    def end_pauses(self, at: datetime, reason: str = "") -> None:
        """End the pause of one reason, or every pause when none is named."""
        self.pauses = [
            (why, since, at if until is None and reason in ("", why) else until) for why, since, until in self.pauses
        ]

    def settle(self, outcome: str, at: datetime) -> None:
        if not self.outcome:
            self.outcome, self.settled_at = outcome, at

    def close(self, at: datetime) -> None:
        self.closed_at = self.closed_at or at
        self.end_pauses(at)

    def breach(self, before: datetime, *, inclusive: bool) -> None:
        """Break the promise if its time ran out before a moment, or at it. Kept at the due second is kept."""
        if self.outcome:
            return
        due = self.due()
        if due is not None and (due <= before if inclusive else due < before):
            # An upgrade may put the due time into the past; it was broken when that became known, not before.
            self.settle("broken", max(due, self.retargeted or due))

    def verdict(self, now: datetime, sync_window: int) -> CycleVerdict | None:
        if self.settled_at is None:
            return None
        at = self.settled_at
        return CycleVerdict(
            cycle=self.number,
            outcome=self.outcome,
            target_seconds=int(self.target.total_seconds()),
            elapsed_seconds=int(self.elapsed(at).total_seconds()),
            due_at=self.due(),
            settled_at=at,
            final_at=at + timedelta(seconds=sync_window),
        )


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for since, until in spans:
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _limited(spans: list[Span], total: timedelta) -> list[Span]:
    kept: list[Span] = []
    for since, until in spans:
        length = min(until - since, total)
        if length > _NOTHING:
            kept.append((since, since + length))
        total -= length
    return kept

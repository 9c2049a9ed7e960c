"""What moves a clock, and what the clock then says. Plain values, so that a replay needs nothing else.

Tuples, for ten thousand may be made in a second.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

# Among the steps of a promise; the others are the rungs of its ladder.
BREACH = 0


class Kind(StrEnum):
    START = "start"
    KEEP = "keep"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    WORD = "word"
    RESET = "reset"
    REOPEN = "reopen"
    RETARGET = "retarget"
    ACKNOWLEDGE = "acknowledge"
    WAIVE = "waive"
    UNDO = "undo"


class Fact(NamedTuple):
    """Something that moves one promise's clock.

    `seconds` is the time allowed (start, retarget) or the pause before the ladder goes on (acknowledge); `part` says
    which of several things that together keep the promise; `reason` why it pauses, or the
    kind of fact that an undo takes back.
    """

    kind: Kind
    at: datetime
    recorded_at: datetime
    part: int = 0
    seconds: int | None = None
    reason: str = ""


class CycleVerdict(NamedTuple):
    """How one cycle ended: kept, broken, cancelled or waived. A late fact may change it until `final_at`."""

    cycle: int
    outcome: str
    target_seconds: int
    elapsed_seconds: int
    due_at: datetime | None
    settled_at: datetime
    final_at: datetime


class Standing(NamedTuple):
    """Where a promise stands at a moment. `steps` are the breach (0) and the rungs (1…) of the running cycle."""

    state: str
    cycle: int
    started_at: datetime
    target_seconds: int
    elapsed_seconds: int
    due_at: datetime | None
    settled_at: datetime | None
    closed_at: datetime | None
    final_at: datetime | None
    acknowledged_at: datetime | None
    paused_until: datetime | None
    steps: tuple[tuple[int, datetime], ...]
    verdicts: tuple[CycleVerdict, ...]


def next_moment(standing: Standing, fired: Collection[tuple[int, int]]) -> datetime | None:
    """When something next happens by itself: a breach, a rung that has not fired (as cycle and step), a pause's end."""
    waiting = [at for step, at in standing.steps if step == BREACH or (standing.cycle, step) not in fired]
    if standing.paused_until:
        waiting.append(standing.paused_until)
    return min(waiting, default=None)


def bounded(kind: Kind, at: datetime, recorded_at: datetime, sync_window: int) -> datetime:
    """When a fact counts as having happened.

    A device's clock is believed within the sync window and never ahead of ours; this is also what makes a verdict
    final, since nothing said after the window can reach back before it. Nobody pauses a clock after the fact.
    """
    if kind is Kind.PAUSE:
        return recorded_at
    return max(min(at, recorded_at), recorded_at - timedelta(seconds=sync_window))

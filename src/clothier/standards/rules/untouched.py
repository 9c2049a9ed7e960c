"""A promise that has begun and met nothing since, as most stand at any moment: evaluated without a walk over facts.

Ten thousand may begin, or fall due, in the same second. The answer is the one that `evaluate` finds by walking.
"""

from datetime import datetime, timedelta

from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import CycleVerdict, Fact, Standing
from clothier.standards.rules.hours import WALL, Hours


def untouched(start: Fact, rule: PromiseRule, hours: Hours, now: datetime) -> Standing:
    """How it stands at `now`. Raises ValueError when the fact allows it no time."""
    if start.seconds is None:
        raise ValueError("a promise without a start has no standing")
    due = hours.after(start.at, timedelta(seconds=start.seconds))
    broken = due if due is not None and due <= now else None
    final = broken + timedelta(seconds=rule.sync_window or 0) if broken else None
    verdicts: tuple[CycleVerdict, ...] = ()
    if broken and final:
        used = int(hours.between(start.at, broken).total_seconds())
        verdicts = (CycleVerdict(1, "broken", start.seconds, used, due, broken, final),)
    rungs = [
        due if rung.at is None else (WALL if rung.wall else hours).after(start.at, timedelta(seconds=rung.at))
        for rung in rule.ladder
    ]
    return Standing(
        state="broken" if broken else "running",
        cycle=1,
        started_at=start.at,
        target_seconds=start.seconds,
        elapsed_seconds=int(hours.between(start.at, max(now, start.at)).total_seconds()),
        due_at=due,
        settled_at=broken,
        closed_at=None,
        final_at=final,
        acknowledged_at=None,
        paused_until=None,
        steps=in_order([None if broken else due, *rungs]),
        verdicts=verdicts,
    )


def in_order(moments: list[datetime | None]) -> tuple[tuple[int, datetime], ...]:
    """Steps by their numbers, where they have a moment, in the order of their times."""
    steps = [(number, at) for number, at in enumerate(moments) if at is not None]
    return tuple(sorted(steps, key=_by_time)) if len(steps) > 1 else tuple(steps)


def _by_time(step: tuple[int, datetime]) -> tuple[datetime, int]:
    return step[1], step[0]

"""Weeks, and the parts of a day that nobody covers."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

Span = tuple[datetime, datetime]

# What a floor needs at every open moment, and what a shop without a floor needs.
FLOOR_NEEDS = ("greeter", "associate", "lead")
ONLINE_NEEDS = ("agent", "lead")


def needs_of(kind: str) -> tuple[str, ...]:
    """The posts that may never be empty while a store of this kind is open."""
    return ONLINE_NEEDS if kind == "online" else FLOOR_NEEDS


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(7)]


def uncovered(opening: Iterable[Span], covers: Iterable[Span]) -> list[Span]:
    """The parts of the opening hours outside every cover, in order."""
    holes = sorted(opening)
    for start, end in covers:
        if not holes:
            break
        holes = [part for hole in holes for part in _without(hole, start, end)]
    return holes


def worked(stretches: Iterable[Span]) -> timedelta:
    """Time at work; what overlaps (two posts at once) counts once."""
    total, reached = timedelta(0), None
    for start, end in sorted(stretches):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += end - begin
            reached = end
    return total


def _without(hole: Span, start: datetime, end: datetime) -> list[Span]:
    """What is left of a hole once [start, end) is filled."""
    first, last = hole
    parts = [(first, min(last, start)), (max(first, end), last)]
    return [part for part in parts if part[0] < part[1]] if start < last and end > first else [hole]

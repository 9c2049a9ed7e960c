"""Which times can be booked. Everything is in quarters of an hour, counted since 1970: a `tick`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

R = TypeVar("R")
Span = tuple[datetime, datetime]
QUARTER = timedelta(minutes=15)
_SECONDS = 900


def tick(at: datetime) -> int:
    """The quarter of an hour that a moment lies in."""
    return int(at.timestamp()) // _SECONDS


def quarters(start: datetime, length: timedelta) -> range:
    """The ticks that a stretch touches; a stretch of no length touches none."""
    return range(tick(start), -(-int((start + length).timestamp()) // _SECONDS))


def starts(
    spans: Iterable[Span], *, every: timedelta, lasts: timedelta, earliest: datetime, latest: datetime
) -> Iterator[datetime]:
    """When something may begin within opening hours, `every` so often from the first full quarter on, and be over
    before they end; nothing before `earliest` or after `latest`.
    """
    for opens, closes in spans:
        at = _quarter_from(opens)
        if at < earliest:
            at += -(-(earliest - at) // every) * every
        while at + lasts <= closes and at <= latest:
            yield at
            at += every


def first_free(
    start: datetime,
    *,
    lasts: timedelta,
    buffer: timedelta,
    present: Mapping[R, Collection[Span]],
    taken: Mapping[R, Collection[int]],
) -> list[R]:
    """Who is there from the start to the end and taken by nobody until the buffer is over, the least taken first."""
    needed = quarters(start, lasts + buffer)
    end = start + lasts
    free = [
        one
        for one, spans in present.items()
        if any(since <= start and end <= until for since, until in spans)
        and not any(quarter in taken.get(one, ()) for quarter in needed)
    ]
    return sorted(free, key=lambda one: len(taken.get(one, ())))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Stretches that touch or overlap become one: two shifts in a row are one presence."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(until, found[-1][1])
        else:
            found.append((since, until))
    return found


def _quarter_from(at: datetime) -> datetime:
    seconds = -(-int(at.timestamp()) // _SECONDS) * _SECONDS
    return datetime.fromtimestamp(seconds, UTC)

"""Stretches of a store's day, in its own zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Place(Protocol):
    """A store, as much of it as a board needs."""

    @property
    def pk(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def zone_info(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` up to `end`."""

    start: datetime
    end: datetime


def so_far(zone: ZoneInfo, now: datetime, *, weeks_ago: int = 0) -> Stretch:
    """The local day up to this moment, or the same weekday that many weeks ago up to the same time of day."""
    local = now.astimezone(zone) - timedelta(weeks=weeks_ago)
    return Stretch(_midnight(zone, local.date()), datetime.combine(local.date(), local.time(), tzinfo=zone))


def whole(zone: ZoneInfo, day: date) -> Stretch:
    """A local day from midnight to midnight; 23 or 25 hours when the clocks change."""
    return Stretch(_midnight(zone, day), _midnight(zone, day + timedelta(days=1)))


def _midnight(zone: ZoneInfo, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)

"""Time that counts: how many seconds a clock runs between two moments, and when so many seconds will have run.

A window opens at the first second whose wall clock shows its start or later, and closes after the last second whose
wall clock shows less than its end; so an hour that summer time skips or repeats is neither lost nor counted twice
over the edge.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from clothier.standards.rules.calendars import DayBook
from clothier.standards.rules.documents.promises import Clock

Span = tuple[datetime, datetime]
# A clock that has not run for three years never will: the shop is shut for good.
_LONGEST_SILENCE = 3 * 366
_DAY = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Hours(Protocol):
    def between(self, since: datetime, until: datetime) -> timedelta: ...
    def after(self, since: datetime, amount: timedelta) -> datetime | None: ...


class WallHours:
    """A clock that never stops."""

    def between(self, since: datetime, until: datetime) -> timedelta:
        return max(until - since, timedelta(0))

    def after(self, since: datetime, amount: timedelta) -> datetime | None:
        return since + max(amount, timedelta(0))


WALL = WallHours()


class CalendarHours:
    """The opening, service or working clock of one calendar."""

    def __init__(self, book: DayBook, clock: Clock) -> None:
        self.book, self.clock = book, clock
        self.zone = ZoneInfo(book.calendar.zone)
        self._spans: dict[date, tuple[Span, ...]] = {}
        self._latest: Span = (_NEVER, _NEVER)

    def between(self, since: datetime, until: datetime) -> timedelta:
        """Open time from `since` to `until`; zero when they are the wrong way round."""
        if self._within(since, until):
            return until - since
        total = timedelta(0)
        for start, end in self.spans(since):
            if start >= until:
                break
            total += min(end, until) - max(start, since)
        return total

    def after(self, since: datetime, amount: timedelta) -> datetime | None:
        """The first moment at which `amount` of open time has passed; None when that never comes."""
        if amount <= timedelta(0):
            return since
        if self._within(since, since + amount):
            return since + amount
        for start, end in self.spans(since):
            begin = max(start, since)
            if end - begin >= amount:
                return begin + amount
            amount -= end - begin
        return None

    def _within(self, since: datetime, until: datetime) -> bool:
        """Whether both lie in the span that was asked about last: most questions of a minute are about the same one."""
        start, end = self._latest
        return start <= since <= until <= end

    def spans(self, since: datetime) -> Iterator[Span]:
        """Open spans that end after `since`, in order and without overlap, for as long as the shop lives."""
        day = since.astimezone(self.zone).date() - _DAY
        reached, silent = since, 0
        while silent < _LONGEST_SILENCE:
            silent += 1
            for start, end in self.of_day(day):
                if end > reached:
                    if start <= reached:
                        self._latest = start, end
                    yield max(start, reached), end
                    reached, silent = end, 0
            day += _DAY

    def of_day(self, day: date) -> tuple[Span, ...]:
        """The spans that start on a local date."""
        found = self._spans.get(day)
        if found is None:
            if len(self._spans) > 4096:
                self._spans.clear()
            windows = (self._span(day, window) for window in self.book.windows(self.clock, day))
            found = self._spans[day] = tuple(sorted(span for span in windows if span[0] < span[1]))
        return found

    def _span(self, day: date, window: str) -> Span:
        opens, closes = window.split("-")
        past_midnight = closes <= opens
        return first_showing(day, opens, self.zone), last_showing(day + _DAY * past_midnight, closes, self.zone)


def first_showing(day: date, text: str, zone: ZoneInfo) -> datetime:
    """The first moment whose wall clock shows this time or a later one."""
    wall = _wall(day, text)
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return _leap(wall, late, early, zone) if late < early else early


def last_showing(day: date, text: str, zone: ZoneInfo) -> datetime:
    """The end of the last moment whose wall clock shows less than this time."""
    wall = _wall(day, text)
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return _leap(wall, late, early, zone) if late < early else late


def _wall(day: date, text: str) -> datetime:
    hour, minute = int(text[:2]), int(text[3:])
    return datetime.combine(day, time(hour % 24, minute)) + _DAY * (hour // 24)


def _leap(wall: datetime, low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The moment of a change to summer time that skips `wall`: bisected, to the second."""
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            high = middle
        else:
            low = middle
    return high

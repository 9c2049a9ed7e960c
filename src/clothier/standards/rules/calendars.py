"""One calendar with everything it inherits: which windows a date has on each clock."""

from datetime import date
from functools import lru_cache
from typing import Any

from clothier.standards.rules.documents.base import Part
from clothier.standards.rules.documents.calendars import Calendars, SpecialDay, Week, Windows
from clothier.standards.rules.documents.promises import Clock
from clothier.standards.rules.holidays import DayKind, announced, kind_of, plain

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE_DAY: Windows = ("00:00-24:00",)


class Layer(Part):
    """A week that holds between two dates, laid over the ones before it."""

    since: date | None = None
    until: date | None = None
    week: Week

    def covers(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class ResolvedCalendar(Part):
    """What a CalendarVersion holds: inheritance worked out, nothing left to look up."""

    code: str
    zone: str
    holidays: str = "none"
    opening: tuple[Layer, ...] = ()
    service: tuple[Layer, ...] = ()
    days: tuple[SpecialDay, ...] = ()

    def content(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


def resolve(document: Calendars, code: str) -> ResolvedCalendar:
    """The calendar under this code. Raises ValueError when there is none."""
    zone, holidays = "", "none"
    opening: list[Layer] = []
    service: list[Layer] = []
    days: dict[date, SpecialDay] = {}
    for calendar in document.lineage(code):
        zone = calendar.zone or zone
        holidays = calendar.holidays or holidays
        opening += [Layer(week=calendar.opening)] if calendar.opening else []
        opening += [Layer(since=one.since, until=one.until, week=one.opening) for one in calendar.seasons]
        service += [Layer(week=calendar.service)] if calendar.service else []
        for day in calendar.days:
            days[day.on] = _over(days.get(day.on), day)
    return ResolvedCalendar(
        code=code,
        zone=zone,
        holidays=holidays,
        opening=tuple(opening),
        service=tuple(service),
        days=tuple(days[on] for on in sorted(days)),
    )


def _over(below: SpecialDay | None, above: SpecialDay) -> SpecialDay:
    if below is None:
        return above
    said = above.model_dump(exclude_none=True)
    return SpecialDay.model_validate({**below.model_dump(exclude_none=True), **said})


class DayBook:
    """Answers for one calendar, day by day."""

    def __init__(self, calendar: ResolvedCalendar) -> None:
        self.calendar = calendar
        self._special = {day.on: day for day in calendar.days}
        self.kind = lru_cache(maxsize=2048)(self._kind)

    def windows(self, clock: Clock, on: date) -> Windows:
        """The windows that start on a date, as written; none when closed."""
        if clock is Clock.WORKING:
            return _WHOLE_DAY if self.kind(on) in (DayKind.WORKDAY, DayKind.MAKEUP) else ()
        special = self._special.get(on)
        if special:
            stated = special.service if clock is Clock.SERVICE else special.opening
            if stated is not None:
                return stated
        layers = self.calendar.service if clock is Clock.SERVICE else self.calendar.opening
        return self._of_week(layers, on)

    def guessed(self, year: int) -> bool:
        """True when this calendar follows Chinese holidays and that year's are not announced and not entered here."""
        if self.calendar.holidays != "cn" or announced(year):
            return False
        return not any(day.counts_as and day.on.year == year for day in self.calendar.days)

    def _kind(self, on: date) -> DayKind:
        special = self._special.get(on)
        if special and special.counts_as:
            workday = DayKind.MAKEUP if on.weekday() >= 5 else DayKind.WORKDAY
            return DayKind.HOLIDAY if special.counts_as == "holiday" else workday
        return kind_of(on) if self.calendar.holidays == "cn" else plain(on)

    def _of_week(self, layers: tuple[Layer, ...], on: date) -> Windows:
        names = [_DAYS[on.weekday()]]
        kind = self.kind(on)
        if kind in (DayKind.HOLIDAY, DayKind.MAKEUP):
            names.insert(0, kind.value)
        found: Windows | None = None
        for layer in layers:
            if layer.covers(on):
                found = _stated(layer.week, names, found)
        return _WHOLE_DAY if found is None else found


def _stated(week: Week, names: list[str], below: Windows | None) -> Windows | None:
    """What a week says of a day: under its own name, else for every day, else what lies below."""
    for name in (*names, "every"):
        windows: Windows | None = getattr(week, name)
        if windows is not None:
            return windows
    return below

"""When a calendar's shops are open, day by day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from clothier.standards.rules.documents.promises import Clock
from clothier.standards.rules.hours import CalendarHours
from clothier.standards.selectors.rulebook import hours_of, rulebook

_MOMENT = timedelta(seconds=1)


def opening_hours(calendar: str, days: Iterable[date]) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
    """The open spans that start on each of these local dates, none when closed; one query.

    Holidays and special days are worked in. A code that nobody wrote means the country's calendar, as for promises.
    """
    hours = hours_of(rulebook().calendar_for(calendar), Clock.OPENING)
    assert isinstance(hours, CalendarHours)
    return {day: hours.of_day(day) for day in days}


def next_service(calendar: str, at: datetime) -> datetime | None:
    """The first moment from `at` on in the service hours of a calendar: `at` itself within them, None for never."""
    hours = hours_of(rulebook().calendar_for(calendar), Clock.SERVICE)
    served = hours.after(at, _MOMENT)
    return served - _MOMENT if served else None

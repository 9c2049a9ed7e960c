"""A calendar's day: what kind of day it is, and from when to when the doors are open."""

from dataclasses import dataclass
from datetime import date, datetime

from clothier.standards.rules.documents.promises import Clock
from clothier.standards.rules.hours import CalendarHours
from clothier.standards.selectors.rulebook import book_of, hours_of, rulebook


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """`kind` is workday, weekend, holiday or makeup; the moments are None on a closed day."""

    on: date
    kind: str
    opens_at: datetime | None
    closes_at: datetime | None


def calendar_day(code: str, on: date) -> CalendarDay:
    """The day under a calendar's code (a store carries one), the country's for a code nobody wrote."""
    number = rulebook().calendar_for(code)
    hours = hours_of(number, Clock.OPENING)
    spans = hours.of_day(on) if isinstance(hours, CalendarHours) else ()
    return CalendarDay(
        on=on,
        kind=book_of(number).kind(on).value,
        opens_at=spans[0][0] if spans else None,
        closes_at=spans[-1][1] if spans else None,
    )

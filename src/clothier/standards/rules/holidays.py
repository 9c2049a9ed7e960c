"""What kind of day a date is in China: statutory holidays and the make-up working days announced each year."""

from datetime import date
from enum import StrEnum
from functools import lru_cache

import chinese_calendar


class DayKind(StrEnum):
    WORKDAY = "workday"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


# First days of the festivals that follow the moon or the sun, month and day, from the published lunisolar tables:
# Qingming, Spring Festival (first day of the first month), Dragon Boat, Mid-Autumn.
_FESTIVALS: dict[int, tuple[tuple[int, int], ...]] = {
    2027: ((4, 5), (2, 6), (6, 9), (9, 15)),
    2028: ((4, 4), (1, 26), (5, 28), (10, 3)),
    2029: ((4, 4), (2, 13), (6, 16), (9, 22)),
    2030: ((4, 5), (2, 3), (6, 5), (9, 12)),
    2031: ((4, 5), (1, 23), (6, 24), (10, 1)),
    2032: ((4, 4), (2, 11), (6, 12), (9, 19)),
    2033: ((4, 4), (1, 31), (6, 1), (9, 8)),
    2034: ((4, 5), (2, 19), (6, 20), (9, 27)),
    2035: ((4, 5), (2, 8), (6, 10), (9, 16)),
}
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
_EVE_AND_THREE_DAYS = (-1, 0, 1, 2)


def announced(year: int) -> bool:
    """Whether the State Council's arrangement of that year is known here."""
    try:
        chinese_calendar.is_workday(date(year, 7, 1))
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=4096)
def kind_of(on: date) -> DayKind:
    """The kind of a day; in a year not announced yet, statutory dates and weekends without make-up days."""
    try:
        off, name = chinese_calendar.get_holiday_detail(on)
    except NotImplementedError:
        return _statutory(on)
    weekend = on.weekday() >= 5
    if off:
        return DayKind.HOLIDAY if name else DayKind.WEEKEND
    return DayKind.MAKEUP if weekend else DayKind.WORKDAY


def plain(on: date) -> DayKind:
    """Monday to Friday, for calendars without holidays."""
    return DayKind.WEEKEND if on.weekday() >= 5 else DayKind.WORKDAY


def _statutory(on: date) -> DayKind:
    return DayKind.HOLIDAY if on in _statutory_dates(on.year) else plain(on)


@lru_cache(maxsize=64)
def _statutory_dates(year: int) -> frozenset[date]:
    days = {date(year, month, day) for month, day in _FIXED}
    for place, (month, day) in enumerate(_FESTIVALS.get(year, ())):
        first = date(year, month, day)
        around = _EVE_AND_THREE_DAYS if place == 1 else (0,)
        days |= {date.fromordinal(first.toordinal() + offset) for offset in around}
    return frozenset(days)

"""Calendars as the operator writes them: hours by day of the week, special days, holidays, and whose heir one is."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from clothier.kernel.zones import zone_names
from clothier.standards.rules.documents.base import Document, Part, Text, no_twins

_WINDOW = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


def _window(text: str) -> str:
    match = _WINDOW.fullmatch(text)
    if not match or text[:5] > "24:00" or text[6:] > "24:00" or text[:5] == text[6:]:
        raise ValueError(f"{text!r} is not a window: write 10:00-22:00 or, past midnight, 18:00-02:00")
    return text


Window = Annotated[str, AfterValidator(_window)]
Windows = tuple[Window, ...]


class Week(Part):
    """Windows for each day; `every` fills the days not named; `holiday` and `makeup` are for such days if given."""

    every: Windows | None = None
    mon: Windows | None = None
    tue: Windows | None = None
    wed: Windows | None = None
    thu: Windows | None = None
    fri: Windows | None = None
    sat: Windows | None = None
    sun: Windows | None = None
    holiday: Windows | None = None
    makeup: Windows | None = None


class Season(Part):
    """Opening hours that hold from one date to another (both included); the last season that covers a day wins."""

    since: date
    until: date | None = None
    opening: Week


class SpecialDay(Part):
    """One date that differs: its hours (none at all means closed), or that it counts as a holiday or a working day."""

    on: date
    opening: Windows | None = None
    service: Windows | None = None
    counts_as: Literal["holiday", "workday"] | None = None
    name: Text | None = None


class Calendar(Part):
    """Hours of a country, a mall or a store; what is not said here is inherited from the parent."""

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    name: Text
    parent: str = ""
    zone: str = ""
    holidays: Literal["cn", "none", ""] = ""
    opening: Week | None = None
    service: Week | None = None
    seasons: tuple[Season, ...] = ()
    days: tuple[SpecialDay, ...] = ()

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value and value not in zone_names():
            raise ValueError(f"{value} is not a time zone such as Asia/Shanghai")
        return value


class Calendars(Document):
    calendars: tuple[Calendar, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _inheritance_ends(self) -> Self:
        no_twins(calendar.code for calendar in self.calendars)
        for calendar in self.calendars:
            line = self.lineage(calendar.code)
            if not any(one.zone for one in line):
                raise ValueError(f"{calendar.code} has no time zone, nor has any parent")
        return self

    def lineage(self, code: str) -> tuple[Calendar, ...]:
        """The calendar and its ancestors, farthest first. Raises ValueError on an unknown parent or a circle."""
        known = {calendar.code: calendar for calendar in self.calendars}
        line: list[Calendar] = []
        while code:
            if code not in known:
                raise ValueError(f"there is no calendar {code}")
            if known[code] in line:
                raise ValueError(f"calendar {code} is its own ancestor")
            line.append(known[code])
            code = known[code].parent
        return tuple(reversed(line))

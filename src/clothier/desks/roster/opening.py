"""When a store is open, from the calendars of the house rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clothier.desks.roster import words
from clothier.desks.roster.rules import Span
from clothier.desks.shell.shops import Shop
from clothier.standards.selectors import opening_hours


@dataclass(frozen=True, slots=True)
class Opening:
    """The open hours that start on a day, and how they read; none when closed."""

    spans: tuple[Span, ...]
    text: str


def openings(shop: Shop, days: Iterable[date]) -> dict[date, Opening]:
    """The opening hours of each day, from one look at the house rules."""
    hours = opening_hours(shop.calendar, days)
    return {
        day: Opening(spans, " / ".join(words.span(*span, shop.zone) for span in spans)) for day, spans in hours.items()
    }

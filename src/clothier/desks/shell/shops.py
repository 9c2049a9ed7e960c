"""The store a page is about: found for its viewer, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import Http404

from clothier.desks.shell import words
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.places.selectors import open_stores
from clothier.staff.contracts import Colleague
from clothier.staff.selectors import crew_for

# Beyond these years a date in an address is a slip or a probe, and the calendar's arithmetic ends.
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Shop:
    """What a page about one store needs of it; `name` is in the reader's language."""

    id: int
    code: str
    name: str
    kind: str
    calendar: str
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return clock.now().astimezone(self.zone).date()

    def day(self, text: str | None) -> date:
        """The date an address names; today for none and for nonsense."""
        try:
            day = date.fromisoformat(text or "")
        except ValueError:
            return self.today
        return day if day.year in _YEARS else self.today

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def shops_for(viewer: Viewer) -> list[Shop]:
    return [
        Shop(row.pk, row.code, words.called(row.name, row.name_en), row.kind, row.calendar, ZoneInfo(row.zone_info))
        for row in open_stores(viewer)
    ]


def shop_for(viewer: Viewer, code: str) -> Shop:
    """Raises Http404 on an unknown store and, no different, on one the viewer does not answer for."""
    return _only(shop for shop in shops_for(viewer) if shop.code == code)


def shop_of(viewer: Viewer, store: int) -> Shop:
    """The same by number."""
    return _only(shop for shop in shops_for(viewer) if shop.id == store)


def _only(found: Iterator[Shop]) -> Shop:
    shop = next(found, None)
    if shop is None:
        raise Http404
    return shop


def colleague_for(viewer: Viewer, shop: Shop, employee: int) -> Colleague:
    """Somebody of the store's crew. Raises Http404."""
    found = next((one for one in crew_for(viewer, store=shop.id) if one.id == employee), None)
    if found is None:
        raise Http404
    return found

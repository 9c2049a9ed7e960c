"""The store a page is about: found for its viewer, or not at all."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import Http404

from clothier.desks.shell import words
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for
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


_COLUMNS = ("id", "code", "name", "name_en", "kind", "calendar", "zone_info")


def shops_for(viewer: Viewer) -> list[Shop]:
    return [_shop(*row) for row in stores_for(viewer).order_by("code").values_list(*_COLUMNS)]


def shop_for(viewer: Viewer, code: str) -> Shop:
    """Raises Http404 on an unknown store and, no different, on one the viewer does not answer for."""
    row = stores_for(viewer).filter(code=code).values_list(*_COLUMNS).first()
    if row is None:
        raise Http404
    return _shop(*row)


def shop_of(viewer: Viewer, store: int) -> Shop:
    """The same by number."""
    row = stores_for(viewer).filter(pk=store).values_list(*_COLUMNS).first()
    if row is None:
        raise Http404
    return _shop(*row)


def colleague_for(viewer: Viewer, shop: Shop, employee: int) -> Colleague:
    """Somebody of the store's crew. Raises Http404."""
    found = next((one for one in crew_for(viewer, store=shop.id) if one.id == employee), None)
    if found is None:
        raise Http404
    return found


def _shop(pk: int, code: str, name: str, name_en: str, kind: str, calendar: str, zone: str) -> Shop:
    return Shop(pk, code, words.called(name, name_en), kind, calendar, ZoneInfo(zone))

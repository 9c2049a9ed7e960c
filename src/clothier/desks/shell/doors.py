"""In which store somebody stands: every desk of the shop floor asks it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.words import either
from clothier.places.selectors import open_stores
from clothier.staff.middleware import ViewerRequest

CHOICE = "floor_store"


@dataclass(frozen=True, slots=True)
class Door:
    """A store somebody may stand in."""

    id: int
    code: str
    name: str
    city: str
    zone_info: str

    def today(self) -> tuple[datetime, datetime]:
        """The store's day in its own zone: from midnight to midnight."""
        local = clock.now().astimezone(ZoneInfo(self.zone_info))
        start = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return start, start + timedelta(days=1)


def doors(viewer: Viewer) -> list[Door]:
    return [
        Door(row.pk, row.code, _spoken(row), row.city, row.zone_info)
        for row in open_stores(viewer)
        if row.kind != "online"
    ]


def _spoken(store: Any) -> str:
    """A store's name in the reader's language."""
    return either(store.name, store.name_en)


def chosen(request: ViewerRequest, found: list[Door]) -> Door | None:
    """The store somebody stands in: the only one, or the one chosen before; None while there is a choice to make."""
    if len(found) == 1:
        return found[0]
    choice = request.session.get(CHOICE)
    return next((door for door in found if door.id == choice), None)

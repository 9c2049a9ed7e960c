"""Which days and which store a report is about, read from its address."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for

USUAL = timedelta(days=29)
LONGEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; the id and code of a store the viewer may see, or of all of them."""

    start: date
    end: date
    store_id: int | None
    store_code: str

    @property
    def query(self) -> str:
        """The address's question again, for links that keep it."""
        asked = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return urlencode({**asked, **({"store": self.store_code} if self.store_code else {})})


def read(viewer: Viewer, asked: QueryDict) -> Period:
    """What was asked for, brought into bounds: the last thirty days where nothing sensible was."""
    today = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    end = min(_day(asked.get("end")) or today, today)
    start = _day(asked.get("start")) or end - USUAL
    start = max(min(start, end), end - LONGEST)
    store = stores_for(viewer).filter(code=asked.get("store", "")).first()
    return Period(start, end, store.pk if store else None, store.code if store else "")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None

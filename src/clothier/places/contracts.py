"""What other packages hand to the verbs of places. Plain Python."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """A part of a floor; the outline in centimetres from the store's north-west corner."""

    code: str
    name: str
    name_en: str = ""
    kind: str = "goods"
    outline: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """A store as head office describes it; its region by name. Zones are added or changed, never taken away."""

    code: str
    name: str
    region: str
    city: str
    name_en: str = ""
    kind: str = "street"
    mall: str = ""
    address: str = ""
    zone_info: str = "Asia/Shanghai"
    calendar: str = "store"
    opened_on: date | None = None
    zones: tuple[ZoneFacts, ...] = ()

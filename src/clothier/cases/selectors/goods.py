"""Questions about goods that come back: how long they may, and where there is one to swap."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from clothier.cases.contracts import AT_WORK, OPEN_STATES, Kind, LineReason
from clothier.cases.models import CaseLine
from clothier.catalog.selectors import stock_where
from clothier.checkout.selectors import orders_for, sold_lines_of
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import store as store_by_id
from clothier.standards.selectors import document

_FAULTS = (LineReason.QUALITY, LineReason.TRANSPORT, LineReason.REPAIR)


@dataclass(frozen=True, slots=True)
class Window:
    """Until when goods may come back. `ground`: quality, online (the law, without a reason), exchange or house."""

    until: datetime
    days: int
    ground: str
    open: bool


class Near(StrEnum):
    """How far a store is from the one that asks, the nearest first: places have a city and a region."""

    HERE = "here"
    CITY = "city"
    REGION = "region"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Swap:
    """A store with pieces of the wanted SKU; `store` is its name in the reader's language."""

    store_id: int
    store: str
    city: str
    pieces: int
    near: Near


@dataclass(frozen=True, slots=True)
class Claim:
    """An open case that speaks of pieces of a sold line."""

    case_id: int
    number: str
    pieces: int


def return_window(order: int, reason: LineReason | str, *, exchange: bool = False) -> Window | None:
    """How long goods of an order may come back for this reason, by the law and the house's rules; None for no order."""
    sale = orders_for(SYSTEM).filter(pk=order).first()
    if sale is None:
        return None
    till, cases = document("till"), document("cases")
    place = sale.store
    online = place is None or place.kind == place.Kind.ONLINE
    days, ground = (till.exchange_days, "exchange") if exchange else (till.return_days, "house")
    if reason in _FAULTS and till.quality_days > days:
        days, ground = till.quality_days, "quality"
    if online and cases.online_return_days >= days:
        days, ground = cases.online_return_days, "online"
    until = sale.occurred_at + timedelta(days=days)
    return Window(until, days, ground, clock.now() <= until)


def swaps(skus: Iterable[int], *, store: int | None) -> dict[int, list[Swap]]:
    """Where pieces of each of these SKUs lie: this store first, then its city, then its region; among stores equally
    near those with the most. As many others as the house rules show.
    """
    asking = store_by_id(store) if store is not None else None
    found: dict[int, list[Swap]] = {sku: [] for sku in skus}
    for row in stock_where(found):
        near = _near(row.store, asking)
        found[row.sku_id].append(Swap(row.store_id, str(row.store), row.store.city, row.quantity, near))
    ranks = list(Near)
    most = document("cases").nearby + 1
    return {sku: sorted(some, key=lambda swap: ranks.index(swap.near))[:most] for sku, some in found.items()}


def _near(place: Any, asking: Any) -> Near:
    if asking is None:
        return Near.FAR
    if place.pk == asking.pk:
        return Near.HERE
    if place.city == asking.city:
        return Near.CITY
    return Near.REGION if place.region_id == asking.region_id else Near.FAR


def claims(order_lines: Iterable[int]) -> dict[int, list[Claim]]:
    """What open cases speak of: of each of these order lines, the cases and how many pieces."""
    rows = CaseLine.objects.filter(order_line_id__in=list(order_lines), case__state__in=OPEN_STATES).order_by("pk")
    found: dict[int, list[Claim]] = defaultdict(list)
    for row in rows.select_related("case").only("order_line_id", "quantity", "case__id"):
        found[row.order_line_id].append(Claim(row.case_id, row.case.number, row.quantity))
    return dict(found)


def cases_of_returns(returns: Sequence[int]) -> list[int]:
    """Open returns and exchanges whose goods these orders took back."""
    waiting = CaseLine.objects.filter(case__kind__in=(Kind.RETURN, Kind.EXCHANGE), case__state__in=AT_WORK)
    found = waiting.filter(order_line_id__in=sold_lines_of(returns)).order_by("case_id")
    return list(found.values_list("case_id", flat=True).distinct())

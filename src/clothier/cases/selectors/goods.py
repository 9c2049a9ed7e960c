"""Questions about goods that come back: how long they may, and where there is one to swap."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clothier.cases.contracts import OPEN_STATES, Kind, LineReason, State
from clothier.cases.models import CaseLine
from clothier.catalog.selectors import skus, stock_by_store
from clothier.checkout.selectors import orders_for, sold_lines_of
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import store as store_by_id
from clothier.standards.selectors import document

_AT_WORK = (State.OPEN, State.WAITING)
_FAULTS = (LineReason.QUALITY, LineReason.TRANSPORT, LineReason.REPAIR)


@dataclass(frozen=True, slots=True)
class Window:
    """Until when goods may come back. `ground`: quality, online (the law, without a reason), exchange or house."""

    until: datetime
    days: int
    ground: str
    open: bool


@dataclass(frozen=True, slots=True)
class Swap:
    """A store with pieces of the wanted SKU; `here` is the store that asks, `same_city` one nearby."""

    store_id: int
    store_name: str
    city: str
    pieces: int
    here: bool
    same_city: bool


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


def swaps(sku: int, *, store: int | None) -> Sequence[Swap]:
    """Where a piece of this SKU lies: this store first, then stores of its city, then those with the most."""
    wanted = skus([sku]).get(sku)
    if wanted is None:
        return []
    place = store_by_id(store) if store is not None else None
    found = [
        Swap(
            store_id=each.store_id,
            store_name=each.store_name,
            city=each.city,
            pieces=each.by_sku[sku],
            here=each.store_id == store,
            same_city=place is not None and each.city == place.city,
        )
        for each in stock_by_store(wanted.style_id)
        if each.by_sku.get(sku)
    ]
    found.sort(key=lambda swap: (not swap.here, not swap.same_city, -swap.pieces))
    return found[: document("cases").nearby + 1]


def claims(order_lines: Iterable[int]) -> dict[int, list[Claim]]:
    """What open cases speak of: of each of these order lines, the cases and how many pieces."""
    rows = CaseLine.objects.filter(order_line_id__in=list(order_lines), case__state__in=OPEN_STATES).order_by("pk")
    found: dict[int, list[Claim]] = defaultdict(list)
    for row in rows.select_related("case").only("order_line_id", "quantity", "case__id"):
        found[row.order_line_id].append(Claim(row.case_id, row.case.number, row.quantity))
    return dict(found)


def cases_of_returns(returns: Sequence[int]) -> list[int]:
    """Open returns and exchanges whose goods these orders took back."""
    waiting = CaseLine.objects.filter(case__kind__in=(Kind.RETURN, Kind.EXCHANGE), case__state__in=_AT_WORK)
    found = waiting.filter(order_line_id__in=sold_lines_of(returns)).order_by("case_id")
    return list(found.values_list("case_id", flat=True).distinct())

"""Value layers: from a person's purchases to VIP, high-frequency, promising, new, dormant or lost, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Bounds:
    """A layer of the house rules: it holds when every bound given does.

    Sums (fen) and orders are of the window; recency counts whole days since the last purchase, known since the first.
    """

    key: str
    min_spend: int | None = None
    min_orders: int | None = None
    min_margin: int | None = None
    min_recency_days: int | None = None
    max_recency_days: int | None = None
    max_known_days: int | None = None
    min_lifetime_orders: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """All layers in order, the first that holds is the person's; `window` is how far back sums reach."""

    window: timedelta
    layers: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a layer is decided on."""

    orders: int
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    window_orders: int
    window_spend_fen: int
    window_margin_fen: int
    window_oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Placement:
    """A layer (empty when none holds), and the moment at which time alone may change it (None: never)."""

    layer: str
    changes_at: datetime | None


def place(standing: Standing, ladder: Ladder, now: datetime) -> Placement:
    """The layer at `now`, and when to look again."""
    layer = next((bounds.key for bounds in ladder.layers if _holds(bounds, standing, now)), "")
    later = [at for at in _moments(standing, ladder) if at > now]
    return Placement(layer, min(later, default=None))


def _holds(bounds: Bounds, standing: Standing, now: datetime) -> bool:
    recency = _days(standing.last_purchase_at, now)
    known = _days(standing.first_purchase_at, now)
    return all(
        (
            _at_least(standing.window_spend_fen, bounds.min_spend),
            _at_least(standing.window_orders, bounds.min_orders),
            _at_least(standing.window_margin_fen, bounds.min_margin),
            _at_least(standing.orders, bounds.min_lifetime_orders),
            _at_least(recency, bounds.min_recency_days),
            _at_most(recency, bounds.max_recency_days),
            _at_most(known, bounds.max_known_days),
        )
    )


def _moments(standing: Standing, ladder: Ladder) -> Iterator[datetime]:
    """When a bound in days is crossed, and when the window's oldest purchase leaves it."""
    if standing.window_oldest_at:
        yield standing.window_oldest_at + ladder.window
    for bounds in ladder.layers:
        if standing.last_purchase_at and bounds.min_recency_days is not None:
            yield standing.last_purchase_at + timedelta(days=bounds.min_recency_days)
        if standing.last_purchase_at and bounds.max_recency_days is not None:
            yield standing.last_purchase_at + timedelta(days=bounds.max_recency_days + 1)
        if standing.first_purchase_at and bounds.max_known_days is not None:
            yield standing.first_purchase_at + timedelta(days=bounds.max_known_days + 1)


def _days(since: datetime | None, now: datetime) -> int | None:
    return (now - since).days if since else None


def _at_least(value: int | None, bound: int | None) -> bool:
    return bound is None or (value is not None and value >= bound)


def _at_most(value: int | None, bound: int | None) -> bool:
    return bound is None or (value is not None and value <= bound)

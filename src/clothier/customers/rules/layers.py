"""Value layers: from a person's purchases to VIP, high-frequency, promising, new, dormant or lost, and until when."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property


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


# What bounds are about, in the order in which a person's values are held against them.
MEASURES = ("spend", "orders", "margin", "lifetime_orders", "recency", "known")
_LEAST = {
    "spend": "min_spend", "orders": "min_orders", "margin": "min_margin",
    "lifetime_orders": "min_lifetime_orders", "recency": "min_recency_days",
}  # fmt: skip
_MOST = {"recency": "max_recency_days", "known": "max_known_days"}
Limits = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A layer's bounds as (place in MEASURES, bound): values must reach all of `least` and pass none of `most`."""

    key: str
    least: Limits
    most: Limits


@dataclass(frozen=True)
class Ladder:
    """All layers in order, the first that holds is the person's; `window` is how far back sums reach."""

    window: timedelta
    layers: tuple[Bounds, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The layers as they are tried, for many people at once or one after the other."""
        return tuple(
            Step(
                bounds.key,
                tuple((MEASURES.index(name), bound) for name, bound in _given(bounds, _LEAST)),
                tuple((MEASURES.index(name), bound) for name, bound in _given(bounds, _MOST)),
            )
            for bounds in self.layers
        )

    @cached_property
    def window_seconds(self) -> int:
        return self.window // timedelta(seconds=1)

    @cached_property
    def since_last(self) -> tuple[timedelta, ...]:
        """How long after the last purchase a bound in days is crossed, in order."""
        least = {timedelta(days=x.min_recency_days) for x in self.layers if x.min_recency_days is not None}
        return tuple(sorted(least | _ends(x.max_recency_days for x in self.layers)))

    @cached_property
    def since_first(self) -> tuple[timedelta, ...]:
        """How long after the first purchase a bound in days is crossed, in order."""
        return tuple(sorted(_ends(x.max_known_days for x in self.layers)))


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
    since_first = now - standing.first_purchase_at if standing.first_purchase_at else None
    since_last = now - standing.last_purchase_at if standing.last_purchase_at else None
    values = (
        standing.window_spend_fen,
        standing.window_orders,
        standing.window_margin_fen,
        standing.orders,
        since_last.days if since_last is not None else None,
        since_first.days if since_first is not None else None,
    )
    layer = next((step.key for step in ladder.steps if _holds(step, values)), "")
    later = [
        at
        for at in (
            _crossing(standing.last_purchase_at, since_last, ladder.since_last),
            _crossing(standing.first_purchase_at, since_first, ladder.since_first),
            standing.window_oldest_at + ladder.window if standing.window_oldest_at else None,
        )
        if at and at > now
    ]
    return Placement(layer, min(later, default=None))


def _holds(step: Step, values: tuple[int | None, ...]) -> bool:
    for measure, bound in step.least:
        value = values[measure]
        if value is None or value < bound:
            return False
    for measure, bound in step.most:
        value = values[measure]
        if value is None or value > bound:
            return False
    return True


def _crossing(since: datetime | None, elapsed: timedelta | None, offsets: Sequence[timedelta]) -> datetime | None:
    """The first moment still to come at which one of the offsets has passed."""
    if since is None or elapsed is None:
        return None
    following = bisect_right(offsets, elapsed)
    return since + offsets[following] if following < len(offsets) else None


def _given(bounds: Bounds, names: dict[str, str]) -> list[tuple[str, int]]:
    found = ((measure, getattr(bounds, name)) for measure, name in names.items())
    return [(measure, bound) for measure, bound in found if bound is not None]


def _ends(most: Iterable[int | None]) -> set[timedelta]:
    """A bound of at most so many whole days ends when the next day is full."""
    return {timedelta(days=days + 1) for days in most if days is not None}

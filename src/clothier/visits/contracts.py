"""What other packages give and get: plain values of visits, a weather forecast, and what the day brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from clothier.kernel.refs import Ref

if TYPE_CHECKING:
    from clothier.kernel.columns import Cells, Ints


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as a page shows it. `late`: told after the fact. `name` and `detail_name` are in the reader's language.
    `undoable`: it may still be taken back.
    """

    id: int
    kind: str
    name: str
    at: datetime
    recorded_at: datetime
    late: bool
    by_id: int | None
    by_name: str
    zone_name: str = ""
    detail_name: str = ""
    style_ids: tuple[int, ...] = ()
    undone_at: datetime | None = None
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class NeedView:
    """What the customer is looking for, by code and in words."""

    occasion: str
    occasion_name: str
    wearer: str
    wearer_name: str
    category: str
    budget_fen: int | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """A piece in a fitting room; `outcome` is empty until it was tried."""

    id: int
    sku_id: int
    brought_at: datetime
    outcome: str
    outcome_name: str
    reason: str
    reason_name: str


@dataclass(frozen=True, slots=True)
class FittingView:
    id: int
    visit_id: int
    store_id: int
    customer_id: int | None
    room_id: int | None
    room: str
    opened_at: datetime
    closed_at: datetime | None
    rating: int | None
    items: tuple[ItemView, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit with its live steps in order of time. `next` is the step the visitor is owed now ("" once gone)."""

    id: int
    store_id: int
    customer_id: int | None
    via: str
    via_name: str
    party_size: int
    arrived_at: datetime
    left_at: datetime | None
    outcome: str
    outcome_name: str
    purpose: str
    steps: tuple[StepView, ...]
    next: str
    need: NeedView | None = None
    fittings: tuple[FittingView, ...] = ()

    @property
    def done(self) -> frozenset[str]:
        return frozenset(step.kind for step in self.steps)

    @property
    def last(self) -> StepView | None:
        return self.steps[-1] if self.steps else None

    @property
    def served_by(self) -> int | None:
        return next((step.by_id for step in self.steps if step.kind == "approached"), None)

    @property
    def open_fitting(self) -> FittingView | None:
        return next((fitting for fitting in self.fittings if fitting.closed_at is None), None)


@dataclass(frozen=True, slots=True)
class BellView:
    id: int
    store_id: int
    source: str
    source_name: str
    place: str
    room: str
    zone_name: str
    visit_id: int | None
    wish: str
    wish_name: str
    sku_id: int | None
    rung_at: datetime
    answered_at: datetime | None
    answered_by: str
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of the day; `due_at` may be None. `overdue` is for the moment it was asked. `about`: the appointment or
    activity whose customer is to be told something.
    """

    id: int
    title: str
    scene: str
    post: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    assignee_id: int | None
    overdue: bool
    about: Ref | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Codes with their names in the reader's language, for forms."""

    occasions: list[tuple[str, Any]]
    wearers: list[tuple[str, Any]]
    aids: list[tuple[str, Any]]
    outcomes: list[tuple[str, Any]]
    reasons: list[tuple[str, Any]]
    wishes: list[tuple[str, Any]]
    vias: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A city's weather on a day: signs (rain, snow, wind) and °C. `source` says who forecasts it."""

    city: str
    day: date
    signs: frozenset[str]
    low: int
    high: int
    source: str


class WeatherProvider(Protocol):
    """An adapter to whoever knows the weather; one folder per adapter in visits/adapters."""

    def forecast(self, city: str, day: date) -> Forecast | None:
        """The forecast, or None when the provider does not know. Never raises for a network or a file."""


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit that is over, as a file or a counter tells it. `outcome` is bought or left."""

    store_id: int
    arrived_at: datetime
    left_at: datetime
    outcome: str
    customer_id: int | None = None
    party_size: int = 1
    via: str = "greeter"


@dataclass(frozen=True, slots=True)
class PastVisits:
    """Many such visits as arrays; moments are seconds since 1970."""

    stores: "Ints"
    customers: "Cells"
    arrived: "Ints"
    left: "Ints"
    parties: "Ints"
    vias: Sequence[str]
    outcomes: Sequence[str]


@dataclass(frozen=True, slots=True)
class PastFittings:
    """Sessions in no room in particular, by the place of their visit; pieces by the place of their session."""

    visits: "Ints"
    opened: "Ints"
    closed: "Ints"
    actors: Sequence[int | None]
    ratings: Sequence[int | None]
    sessions: "Ints"
    skus: "Ints"
    brought: "Ints"
    tried: "Ints"
    outcomes: Sequence[str]
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class PastBells:
    """Calls from fitting rooms, all answered, by the place of their visit."""

    visits: "Ints"
    zones: "Ints"
    rung: "Ints"
    answered: "Ints"
    actors: Sequence[int | None]
    wishes: Sequence[str]
    skus: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class PastServices:
    """Visits with everything that was done in them, told as it happened; columns by visit, moments NEVER for what was
    not done. Each step is later than the one before it in this list.

    `greeters` noted the arrival and welcomed, `associates` did the rest, where there was anything more to do.
    """

    visits: PastVisits
    greeters: Sequence[int | None]
    associates: Sequence[int | None]
    greeted: "Ints"
    stopped: "Ints"
    zones: "Ints"
    approached: "Ints"
    understood: "Ints"
    occasions: Sequence[str]
    categories: Sequence[str]
    proposed: "Ints"
    styles: Sequence[Sequence[int]]
    fittings: PastFittings
    bells: PastBells


@dataclass(frozen=True, slots=True)
class SceneToday:
    """A scene of the house rules that the day calls: its name, what to say, and which goods it brings to mind."""

    key: str
    name: str
    talk: str
    categories: tuple[str, ...]

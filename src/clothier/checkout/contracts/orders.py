"""The facts of a sale as a till, a file or a machine tells them, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from clothier.kernel.columns import Cells, Ints


class OrderKind(StrEnum):
    SALE = "sale"
    RETURN = "return"
    CANCELLATION = "cancellation"


class LineKind(StrEnum):
    """What a line is about. Only goods count as purchases; the rest is money around them."""

    GOODS = "goods"
    DELIVERY = "delivery"
    FEE = "fee"
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    ADJUSTMENT = "adjustment"


class LineFacts(NamedTuple):
    """One line as sold. `quantity` is negative for goods that came back; `total_fen` carries the same sign.

    `unit_price_fen` is rounded to the fen; `total_fen` is what the books hold, so it is given, not derived.
    `returned_line` is the order line these goods were sold on, where that is known.
    """

    code: str
    quantity: int
    total_fen: int
    unit_price_fen: int
    description: str = ""
    kind: LineKind = LineKind.GOODS
    sku: int | None = None
    cost_fen: int | None = None
    returned_line: int | None = None


class OrderFacts(NamedTuple):
    """An order as its source numbered it. `batch` is the import run that brought it, if one did.

    `moves_stock`: the goods go over the counter now, so the store's stock follows; a history leaves it alone.
    """

    source: str
    number: str
    kind: OrderKind
    occurred_at: datetime
    lines: tuple[LineFacts, ...]
    store: int | None = None
    customer: int | None = None
    currency: str = "CNY"
    actor: int | None = None
    visit: int | None = None
    batch: int | None = None
    moves_stock: bool = False


@dataclass(frozen=True, slots=True)
class PastLines:
    """Lines of goods as arrays, grouped by order; money in fen. `returned` are the lines these came back from."""

    order: "Ints"
    skus: "Ints"
    quantities: "Ints"
    totals: "Ints"
    units: "Ints"
    costs: "Ints"
    codes: Sequence[str]
    descriptions: Sequence[str]
    returned: "Cells | None" = None


@dataclass(frozen=True, slots=True)
class PastOrders:
    """Orders as arrays, all of one source and kind, each with at least one line.

    Moments are seconds since 1970; a line's `order` is a place in these arrays, not an id. `visits` are visits' ids.
    `customers` is None where none of them is known.
    """

    source: str
    kind: OrderKind
    numbers: Sequence[str]
    stores: "Ints"
    customers: "Ints | None"
    actors: "Cells"
    visits: Sequence[int] | None
    moments: "Ints"
    lines: PastLines
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class PastSums:
    """What the orders of a history added up to, one by one, and the ids they and their lines got."""

    orders: range
    lines: range
    totals: "Ints"
    pieces: "Ints"
    margins: "Ints"


@dataclass(frozen=True, slots=True)
class PastTenders:
    """What orders of a history were paid with, as arrays; below nothing for what returns gave back."""

    orders: "Ints"
    payments: "Ints"
    methods: Sequence[str]
    fen: "Ints"


@dataclass(frozen=True, slots=True)
class PastByPoints:
    """What points paid of an order's lines, as arrays line by line: the line's id, its order's, fen and points."""

    lines: "Ints"
    orders: "Ints"
    fen: "Ints"
    points: "Ints"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An order whose number is known with other content: nothing was changed."""

    facts: OrderFacts
    known_order: int


@dataclass(slots=True)
class Outcome:
    """What a bulk of orders led to: ids of new orders, facts that were there already, and contradictions."""

    recorded: list[int] = field(default_factory=list)
    already: list[OrderFacts] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DaySales:
    """A store's sales of a stretch of time, all in fen of one currency. Net is goods sold less goods returned."""

    orders: int = 0
    pieces: int = 0
    goods_fen: int = 0
    returned_fen: int = 0
    customers: int = 0

    @property
    def net_fen(self) -> int:
        return self.goods_fen + self.returned_fen


# The events that an order which is taken back leaves in the log.
WITHDRAWN = frozenset({"sale.recorded", "return.recorded", "order.withdrawn"})

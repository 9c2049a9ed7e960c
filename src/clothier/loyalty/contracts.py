"""What other packages give to the points ledger and get from it. Points are whole numbers, money is fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from clothier.loyalty.rules import codes
from clothier.loyalty.rules.campaigns import AtLeast as AtLeast
from clothier.loyalty.rules.campaigns import CampaignRule as CampaignRule
from clothier.loyalty.rules.campaigns import Condition as Condition
from clothier.loyalty.rules.campaigns import MonthDays as MonthDays
from clothier.loyalty.rules.campaigns import Stores as Stores
from clothier.loyalty.rules.campaigns import Tiers as Tiers
from clothier.loyalty.rules.campaigns import Weekdays as Weekdays

if TYPE_CHECKING:
    from clothier.kernel.columns import Ints

PROGRAMME = "points"
# How long a member code stays the same.
CODE_SECONDS = codes.SECONDS
# What earns and what is paid with points is written in the shop's own money.
CURRENCY = "CNY"


class EntryKind(StrEnum):
    """What moved points. `settle` moves them between a person's own lots and adds up to nothing.

    `share` is a spending of somebody of the family, out of lots that stay their owner's.
    """

    EARN = "earn"
    GRANT = "grant"
    SPEND = "spend"
    GIVE_BACK = "give_back"
    REVERSE = "reverse"
    EXCHANGE = "exchange"
    EXPIRE = "expire"
    SETTLE = "settle"
    SHARE = "share"


# What a spending is made of: one's own points, and those of the family.
SPENT = (EntryKind.SPEND, EntryKind.SHARE)


class Reason(StrEnum):
    """Why points were granted."""

    SUGGESTION = "suggestion"
    BIRTHDAY = "birthday"
    GOODWILL = "goodwill"
    ACTIVITY = "activity"
    REFERRAL = "referral"
    CORRECTION = "correction"


class EarnLine(NamedTuple):
    """A line of goods bought: its number, and what was paid for it."""

    line: int
    fen: int


class Earning(NamedTuple):
    """An order that earns. `document` is written "order:12"."""

    document: str
    customer: int
    occurred_at: datetime
    lines: Sequence[EarnLine]
    store: int | None = None


class BackLine(NamedTuple):
    """A line that came back: its number on the return, what was paid back (positive), and where it had been sold."""

    line: int
    fen: int
    of_document: str
    of_line: int


class ExchangeLine(NamedTuple):
    """A piece for a piece: the new line and what it costs, for the line that came back."""

    line: int
    fen: int
    back: BackLine


class Reversal(NamedTuple):
    """Goods that came back by a document, and nothing instead of them."""

    document: str
    lines: Sequence[BackLine]
    occurred_at: datetime
    store: int | None = None
    actor: int | None = None


class Exchange(NamedTuple):
    """Goods changed for others by a document."""

    document: str
    lines: Sequence[ExchangeLine]
    occurred_at: datetime
    store: int | None = None
    actor: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What a person has over all records: `available` may be spent now, `pending` waits for returns to be over.

    `debt` is what returns took back of points that were already spent; the next points earned settle it. `expiring`
    points go next, at `expires_at`.
    """

    available: int = 0
    pending: int = 0
    debt: int = 0
    expiring: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LotView:
    """Points that come and go together."""

    id: int
    points: int
    matures_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One happening on the statement: all its entries added up. `source` and `document` say what it was for."""

    id: int
    kind: str
    source: str
    document: str
    points: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's tier ("" below the first), since when, and until when it is kept in grace (None: not in grace)."""

    tier: str
    since: datetime | None
    grace_until: datetime | None
    qualifying_fen: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How far it is to the next tier; none above the highest. `share` is how much of the way is done, 0–100."""

    tier: str
    missing_fen: int
    share: int


@dataclass(frozen=True, slots=True)
class PastPurchases:
    """Orders of a history that earned, as arrays; moments are seconds since 1970, `order` is a line's place in them."""

    orders: Sequence[int]
    customers: "Ints"
    stores: "Ints"
    moments: "Ints"
    order: "Ints"
    lines: Sequence[int]
    fen: "Ints"


@dataclass(frozen=True, slots=True)
class PastReturns:
    """Lines that came back whole, each by an order of its own; `sold` is the line's place among those sold."""

    orders: Sequence[int]
    moments: "Ints"
    lines: Sequence[int]
    sold: "Ints"


@dataclass(frozen=True, slots=True)
class PastSpendings:
    """What people used points for, once each at most: as many of `points` as they had then, in steps of `step`.

    `orders` are the places, among the purchases, of the orders that they paid a part of; below nothing for others.
    """

    sources: Sequence[str]
    documents: Sequence[str]
    customers: "Ints"
    moments: "Ints"
    points: "Ints"
    orders: "Ints"
    step: int

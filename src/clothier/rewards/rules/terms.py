"""What a coupon promises, what lies in a basket, and what a coupon takes off it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class CouponKind(StrEnum):
    """AMOUNT takes fen off, PERCENT so many hundredths, GIFT one piece of some goods."""

    AMOUNT = "amount"
    PERCENT = "percent"
    GIFT = "gift"


class Why(StrEnum):
    """Why a coupon takes nothing off."""

    NOT_YET = "not_yet"
    EXPIRED = "expired"
    OTHER_STORE = "other_store"
    NO_SUCH_GOODS = "no_such_goods"
    BELOW_THRESHOLD = "below_threshold"
    STACKING = "stacking"
    USED = "used"
    OTHER_CUSTOMER = "other_customer"
    BUDGET = "budget"
    UNKNOWN = "unknown"


# A coupon of this stacking group goes with no other coupon.
ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Goods:
    """Which goods a coupon is for: every list that is not empty must name the piece; `full_price` leaves out sales."""

    categories: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    not_styles: frozenset[str] = frozenset()
    full_price: bool = False

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Goods":
        """From what `told` wrote."""
        lists = {name: frozenset(told.get(name, ())) for name in _LISTS}
        return cls(**lists, full_price=bool(told.get("full_price")))

    def told(self) -> dict[str, Any]:
        """As JSON; what is not asked for stays unsaid."""
        lists = {name: sorted(getattr(self, name)) for name in _LISTS if getattr(self, name)}
        return {**lists, "full_price": True} if self.full_price else lists


_LISTS = ("categories", "brands", "styles", "tags", "not_styles")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a coupon promises. `value` is fen, or percent taken off; `most_fen` bounds a percentage.

    `stores` empty: every store. `gift_sku` is what a GIFT gives.
    """

    kind: CouponKind
    value: int = 0
    threshold_fen: int = 0
    most_fen: int | None = None
    goods: Goods = field(default_factory=Goods)
    stacking: str = ""
    stores: frozenset[int] = frozenset()
    gift_sku: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line as it stands before the coupon: `fen` is what is to be paid for all its pieces, promotions taken off."""

    line: int
    fen: int
    quantity: int = 1
    sku: int | None = None
    style: str = ""
    category: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()
    full_price: bool = True


@dataclass(frozen=True, slots=True)
class CouponQuote:
    """What a coupon takes off, line by line, in fen; or why it takes nothing.

    `missing_fen`: so much more of the right goods and it would. `gift_sku`: this piece goes with it for nothing and is
    not among the lines yet.
    """

    off_fen: int = 0
    by_line: Mapping[int, int] = field(default_factory=dict)
    why: Why | None = None
    missing_fen: int = 0
    gift_sku: int | None = None

    @property
    def applies(self) -> bool:
        return self.why is None

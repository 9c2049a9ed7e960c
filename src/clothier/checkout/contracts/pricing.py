"""What a price is made of: goods, offers of the house, vouchers and points in; every fen with its reason out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from clothier.rewards.contracts import Terms


class Priced(NamedTuple):
    """One line to be priced: `key` is whatever the caller knows it by; the rest is what offers ask for."""

    key: int
    quantity: int
    unit_fen: int
    sku: int | None = None
    style: str = ""
    category: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion of the house rules that may apply now, here and to this customer.

    `piece`: every `every`-th piece is cheaper (1: each). `order`: from `from_fen` on, once or for each full one.
    What names no goods is for all of them. `percent` is what is taken off, `off_fen` likewise.
    """

    key: str
    name: str
    kind: str
    percent: int = 0
    off_fen: int = 0
    every: int = 1
    from_fen: int = 0
    repeated: bool = False
    with_coupons: bool = True
    goods: tuple[tuple[str, frozenset[str]], ...] = ()

    def covers(self, line: Priced) -> bool:
        return all(wanted & line_has(line, what) for what, wanted in self.goods)


def line_has(line: Priced, what: str) -> set[str]:
    """The line's own words for a condition on goods: styles, categories, brands or tags."""
    if what == "tags":
        return set(line.tags)
    word = {"styles": line.style, "categories": line.category, "brands": line.brand}[what]
    return {word}


class Why(StrEnum):
    """What became of an offer or of points; a coupon that takes nothing off says why in the words of rewards."""

    APPLIED = "applied"
    BETTER = "better"  # another offer leaves the customer less to pay
    SHORT = "short"  # so much more, and it applies
    CAPPED = "capped"  # applied, but not to the full extent asked for


class Laid(NamedTuple):
    """A coupon laid on the cart."""

    id: int
    name: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class PointsRule:
    """So many points are a yuan at the till, for at most `most_percent` of what is left to pay."""

    per_yuan: int = 100
    most_percent: int = 100


class Taken(NamedTuple):
    """Fen that one cause took off one line: a promotion's key, a coupon's number, or points."""

    kind: str
    key: str
    fen: int


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line with what was taken off it. Points pay; they do not make the goods cheaper."""

    key: int
    quantity: int
    list_fen: int
    taken: tuple[Taken, ...]

    @property
    def total_fen(self) -> int:
        """What the goods cost, whatever they are paid with."""
        return self.list_fen - sum(one.fen for one in self.taken if one.kind != "points")

    @property
    def points_fen(self) -> int:
        return sum(one.fen for one in self.taken if one.kind == "points")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation, in the order of the reckoning."""

    kind: str
    key: str
    name: str
    fen: int
    why: str
    short_fen: int = 0
    short_pieces: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A price with its reasons. `due_fen` is the money to be paid: total less what points pay."""

    lines: tuple[QuotedLine, ...]
    steps: tuple[Step, ...]
    points: int = 0

    @property
    def list_fen(self) -> int:
        return sum(line.list_fen for line in self.lines)

    @property
    def total_fen(self) -> int:
        return sum(line.total_fen for line in self.lines)

    @property
    def points_fen(self) -> int:
        return sum(line.points_fen for line in self.lines)

    @property
    def due_fen(self) -> int:
        return self.total_fen - self.points_fen

    @property
    def saved_fen(self) -> int:
        return self.list_fen - self.total_fen

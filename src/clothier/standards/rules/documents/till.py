"""The till: what is cheaper when and for whom, and how long goods may come back."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Percent, Rule, Text, no_twins
from clothier.standards.rules.durations import Fen, Seconds


class Goods(Part):
    """Which goods: every list that is not empty must name the piece; without any, all of them."""

    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Promotion(Rule):
    """`piece`: every `every`-th piece is cheaper by `percent` and `less`. `order`: from `least` on, once or `repeated`.

    Days are the store's, both included; `stores` by their codes; `tiers` by their keys, "member" for any member.
    """

    key: Key
    name: Text
    kind: Literal["piece", "order"]
    percent: Percent = 0
    less: Fen = 0
    every: int = Field(default=1, ge=1, le=20)
    least: Fen = 0
    repeated: bool = False
    with_coupons: bool = True
    goods: Goods = Goods()
    since: date | None = None
    until: date | None = None
    stores: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _takes_something_off(self) -> Self:
        if not self.percent and not self.less:
            raise ValueError(f"{self.key} takes nothing off")
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"{self.key} ends before it begins")
        if self.repeated and not self.least:
            raise ValueError(f"{self.key} is repeated for every what?")
        return self


class Promotions(Document):
    """Of several that fit, each piece gets one and the order gets one: those that leave the least to pay."""

    promotions: tuple[Promotion, ...] = ()

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(promotion.key for promotion in self.promotions)
        return self


class Till(Document):
    """`return_days` and `exchange_days` after the sale, `quality_days` for faults; `price_cut` is what an associate may
    take off a wrong price tag without a manager; points pay at most `points_share` of an order.
    """

    return_days: int = Field(ge=0)
    exchange_days: int = Field(ge=0)
    quality_days: int = Field(ge=0)
    price_cut: Percent
    points_share: Percent
    suspended_for: Seconds
    silent_pieces: int = Field(ge=1)
    thanks: Text

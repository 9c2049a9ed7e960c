"""When an order earns more: typed conditions that must all hold, and the best of the campaigns that apply."""

from datetime import datetime, tzinfo
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class Buying(NamedTuple):
    """What conditions ask about: when, where, by whom, for how much."""

    at: datetime
    store: int | None
    tier: str
    fen: int


class _Condition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weekdays(_Condition):
    """Days of the week, Monday is 1."""

    kind: Literal["weekdays"] = "weekdays"
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(min_length=1)

    def holds(self, buying: Buying, zone: tzinfo) -> bool:
        return buying.at.astimezone(zone).isoweekday() in self.days


class MonthDays(_Condition):
    """Member days: so-and-so many of every month."""

    kind: Literal["month_days"] = "month_days"
    days: tuple[Annotated[int, Field(ge=1, le=31)], ...] = Field(min_length=1)

    def holds(self, buying: Buying, zone: tzinfo) -> bool:
        return buying.at.astimezone(zone).day in self.days


class Stores(_Condition):
    kind: Literal["stores"] = "stores"
    stores: tuple[int, ...] = Field(min_length=1)

    def holds(self, buying: Buying, zone: tzinfo) -> bool:
        return buying.store in self.stores


class Tiers(_Condition):
    kind: Literal["tiers"] = "tiers"
    tiers: tuple[str, ...] = Field(min_length=1)

    def holds(self, buying: Buying, zone: tzinfo) -> bool:
        return buying.tier in self.tiers


class AtLeast(_Condition):
    """Orders from an amount on."""

    kind: Literal["at_least"] = "at_least"
    fen: int = Field(ge=1)

    def holds(self, buying: Buying, zone: tzinfo) -> bool:
        return buying.fen >= self.fen


Condition = Annotated[Weekdays | MonthDays | Stores | Tiers | AtLeast, Field(discriminator="kind")]


class CampaignRule(_Condition):
    """How much more is earned (200: twice as much), and when."""

    percent: int = Field(gt=100, le=1000)
    conditions: tuple[Condition, ...] = ()

    def applies(self, buying: Buying, zone: tzinfo) -> bool:
        return all(condition.holds(buying, zone) for condition in self.conditions)

    def one(self, kind: type[_Condition]) -> "_Condition | None":
        """The condition of a kind, of which a campaign has one at most."""
        return next((each for each in self.conditions if isinstance(each, kind)), None)


class Running(NamedTuple):
    """A campaign, from when until (not including) when."""

    id: int
    rule: CampaignRule
    starts_at: datetime
    ends_at: datetime


def best(campaigns: list[Running], buying: Buying, zone: tzinfo) -> tuple[int, int | None]:
    """The highest percentage of those that apply, and whose it is; 100 and None when none does. They do not add up."""
    applying = [
        each for each in campaigns if each.starts_at <= buying.at < each.ends_at and each.rule.applies(buying, zone)
    ]
    if not applying:
        return 100, None
    found = max(applying, key=lambda each: (each.rule.percent, -each.id))
    return found.rule.percent, found.id

"""What customers get and how they are reached: loyalty, value layers, outreach."""

from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Rule, Text, no_twins
from clothier.standards.rules.durations import Fen, Seconds


class Tier(Rule):
    """A member tier by qualifying spend within the window; benefits are keys that other packages understand.

    `earns` is the percentage of the usual points that its members earn.
    """

    key: Key
    name: Text
    spend: Fen
    benefits: tuple[Key, ...] = ()
    earns: int = Field(default=100, ge=0, le=1000)


class Family(Part):
    """Members who let each other use their points: how many at most, and what one of them may give at most a month."""

    pooled: bool = False
    members: int = Field(default=5, ge=2, le=12)
    a_month: int = Field(default=5_000, ge=1)
    code_minutes: int = Field(default=30, ge=1, le=1440)


class Loyalty(Document):
    points_per_yuan: int = Field(ge=0)
    pending_days: int = Field(ge=0)
    valid_months: int = Field(ge=1)
    qualifying_months: int = Field(ge=1)
    grace_months: int = Field(ge=0)
    tiers: tuple[Tier, ...] = Field(min_length=1)
    give_back_days: int = Field(ge=0)
    suggestion_points: int = Field(ge=0)
    points_per_yuan_at_till: int = Field(ge=1)
    parking_hour_points: int = Field(ge=1)
    birthday_gift: Text
    member_link_minutes: int = Field(default=10, ge=1, le=1440)
    member_page_days: int = Field(default=180, ge=1, le=3650)
    door_code_minutes: int = Field(default=5, ge=1, le=60)
    door_code_tries: int = Field(default=5, ge=1, le=10)
    door_codes_a_day: int = Field(default=10, ge=1, le=100)
    family: Family = Family()

    @model_validator(mode="after")
    def _rises(self) -> Self:
        spends = [tier.spend for tier in self.tiers]
        if spends != sorted(set(spends)):
            raise ValueError("each tier asks for more than the one before")
        return self

    def tier_for(self, fen: int) -> str:
        """The highest tier that qualifying spend reaches, "" below the first."""
        return next((tier.key for tier in reversed(self.tiers) if fen >= tier.spend), "")


class Layer(Rule):
    """A value layer: every bound given must hold. Days since the last and the first purchase; 12 months of the rest."""

    key: Key
    name: Text
    min_spend: Fen | None = None
    min_orders: int | None = None
    min_margin: Fen | None = None
    min_recency_days: int | None = None
    max_recency_days: int | None = None
    max_known_days: int | None = None
    min_lifetime_orders: int | None = None


class ValueLayers(Document):
    """Layers in order: the first whose bounds all hold is the customer's."""

    window_months: int = Field(ge=1)
    layers: tuple[Layer, ...]

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(layer.key for layer in self.layers)
        return self


class Cap(Part):
    purpose: Literal["marketing", "service"]
    days: int = Field(ge=1)
    at_most: int = Field(ge=1)


class Quiet(Part):
    """Local hours in which nothing is sent; past midnight when `since` is later than `until`."""

    since: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    until: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    purpose: Literal["marketing", "service"] = "marketing"


class ReplyBudget(Part):
    channel: str
    at_most: int = Field(ge=1)
    within: Seconds


class Outreach(Document):
    caps: tuple[Cap, ...]
    quiet: tuple[Quiet, ...]
    reply_budgets: tuple[ReplyBudget, ...]
    exempt: tuple[Literal["marketing", "service"], ...]
    refuse_in_one_step: bool

"""Value layers: from a person's purchases to VIP, high-frequency, promising, new, dormant or lost, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Layer(StrEnum):
    VIP = "vip"
    FREQUENT = "frequent"
    PROMISING = "promising"
    NEW = "new"
    DORMANT = "dormant"
    LOST = "lost"


class Thresholds(BaseModel):
    """The operator's figures. Sums are fen within the window; VIP is earned by spend or by margin."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    window_days: int = Field(365, gt=0)
    vip_spend_fen: int = Field(800_000, gt=0)
    vip_margin_fen: int = Field(400_000, gt=0)
    frequent_orders: int = Field(6, gt=1)
    new_days: int = Field(60, gt=0)
    dormant_days: int = Field(180, gt=0)
    lost_days: int = Field(365, gt=0)

    @model_validator(mode="after")
    def ordered(self) -> "Thresholds":
        if not self.new_days <= self.dormant_days < self.lost_days:
            raise ValueError("new_days <= dormant_days < lost_days")
        return self


@dataclass(frozen=True, slots=True)
class Standing:
    """What a layer is decided on: the last purchase (or the registration without one) and the window's sums."""

    registered_at: datetime
    orders: int
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    window_orders: int
    window_spend_fen: int
    window_margin_fen: int
    window_oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Placement:
    """A layer, and the moment at which time alone may change it (None: never)."""

    layer: Layer
    changes_at: datetime | None


def place(standing: Standing, thresholds: Thresholds, now: datetime) -> Placement:
    """The layer at `now`. Absence decides first (lost, dormant), then worth, then youth."""
    return Placement(_layer(standing, thresholds, now), _changes_at(standing, thresholds, now))


def _layer(standing: Standing, t: Thresholds, now: datetime) -> Layer:
    seen = standing.last_purchase_at or standing.registered_at
    if now >= seen + timedelta(days=t.lost_days):
        return Layer.LOST
    if now >= seen + timedelta(days=t.dormant_days):
        return Layer.DORMANT
    if standing.window_spend_fen >= t.vip_spend_fen or standing.window_margin_fen >= t.vip_margin_fen:
        return Layer.VIP
    if standing.window_orders >= t.frequent_orders:
        return Layer.FREQUENT
    begun = standing.first_purchase_at or standing.registered_at
    young = now < begun + timedelta(days=t.new_days)
    return Layer.NEW if young and standing.orders < 2 else Layer.PROMISING


def _changes_at(standing: Standing, t: Thresholds, now: datetime) -> datetime | None:
    seen = standing.last_purchase_at or standing.registered_at
    begun = standing.first_purchase_at or standing.registered_at
    moments = [
        begun + timedelta(days=t.new_days),
        seen + timedelta(days=t.dormant_days),
        seen + timedelta(days=t.lost_days),
    ]
    if standing.window_oldest_at:
        moments.append(standing.window_oldest_at + timedelta(days=t.window_days))
    return min((moment for moment in moments if moment > now), default=None)

"""How the programme stands as of the last count, and what its points are worth."""

from dataclasses import dataclass
from datetime import date, datetime

from clothier.loyalty.models import ProgrammeDay
from clothier.standards.contracts import Loyalty
from clothier.standards.selectors import document


@dataclass(frozen=True, slots=True)
class Month:
    """Points that expire at the beginning of a day, and what they would be worth at the till, in fen."""

    expires_on: date
    points: int
    fen: int


@dataclass(frozen=True, slots=True)
class Programme:
    counted_at: datetime
    members: dict[str, int]
    months: list[Month]
    points: int
    pending: int
    debt: int
    fen: int


def worth(points: int, rules: Loyalty | None = None) -> int:
    """What points take off a bill, in fen, rounded down."""
    return points * 100 // (rules or document("loyalty")).points_per_yuan_at_till


def programme() -> Programme | None:
    """None until it was counted once."""
    told = ProgrammeDay.objects.order_by("-day").first()
    if told is None:
        return None
    rules = document("loyalty")
    months = [
        Month(date.fromisoformat(day), points, worth(points, rules)) for day, points in sorted(told.expiring.items())
    ]
    points = sum(month.points for month in months)
    return Programme(told.counted_at, told.members, months, points, told.pending, told.debt, worth(points, rules))


def programme_days(*, limit: int = 90) -> list[tuple[date, int]]:
    """Points owed day by day, earliest first."""
    told = ProgrammeDay.objects.order_by("-day").values_list("day", "expiring")[:limit]
    return [(day, sum(expiring.values())) for day, expiring in reversed(told)]

"""What a metric is, and what a report shows of it. Plain Python."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"
    FEN = "fen"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Metric:
    """A number with its definition. The value is the sum of the numerator over the sum of the denominator, if any.

    `formula`, `source` and `caveat` are sentences for the reader: what is counted, where it comes from, what it hides.
    """

    key: str
    name: Any
    unit: Unit
    formula: Any
    source: Any
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    caveat: Any = ""
    # Whether more is better; None where it depends.
    more_is_better: bool | None = True
    target: float | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        return self.numerator + self.denominator


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value over a stretch of days; None when there was nothing to measure. `course` is how it got there."""

    metric: Metric
    value: float | None
    numerator: int
    denominator: int
    course: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class DayValue:
    day: date
    value: float | None
    numerator: int
    denominator: int

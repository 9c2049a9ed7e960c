"""Reads weather.json in the data folder; whoever knows the weather writes it there, and no network is needed.

    {"source": "…", "cities": {"上海": {"2026-11-21": {"signs": ["rain"], "low": 9, "high": 14}}}}

Without that file a shop in demonstration shows a sample that repeats every fortnight and says that it is one; in
production nothing is made up: no file, no forecast.
"""

import json
import logging
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from clothier.visits.contracts import Forecast

SAMPLE = Path(__file__).with_name("sample.json")
log = logging.getLogger(__name__)


class Day(BaseModel):
    model_config = ConfigDict(extra="forbid")
    signs: frozenset[Literal["rain", "snow", "wind"]] = frozenset()
    low: int
    high: int


class Report(BaseModel):
    model_config = ConfigDict(extra="forbid")
    source: str
    cities: dict[str, dict[date, Day]]


class WeatherFile:
    def __init__(self, path: Path, *, sample: bool) -> None:
        self.path = path
        self.sample = sample

    def forecast(self, city: str, day: date) -> Forecast | None:
        """From the file; a city or day it lacks has no forecast. A faulty file is logged and counts as no forecast."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return _sample(city, day) if self.sample else None
        except (OSError, UnicodeDecodeError) as error:
            log.warning("the weather file cannot be read: %s", error)
            return None
        try:
            report = Report.model_validate_json(text)
        except ValidationError as error:
            log.warning("the weather file is faulty: %s", error.errors(include_input=False)[0]["msg"])
            return None
        found = report.cities.get(city, {}).get(day)
        if found is None:
            return None
        return Forecast(city, day, frozenset(found.signs), found.low, found.high, report.source)


def _sample(city: str, day: date) -> Forecast:
    months, fortnight = _sample_tables()
    low, high = months[day.month - 1]
    pattern = fortnight[day.toordinal() % len(fortnight)]
    warmer = pattern["warmer"]
    return Forecast(city, day, frozenset(pattern["signs"]), low + warmer, high + warmer, "sample", sample=True)


@cache
def _sample_tables() -> tuple[list[list[int]], list[dict[str, Any]]]:
    tables = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return tables["months"], tables["fortnight"]

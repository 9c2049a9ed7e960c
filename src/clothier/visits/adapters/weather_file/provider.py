"""Reads weather.json in the data folder; whoever knows the weather writes it there, and no network is needed.

    {"source": "…", "cities": {"上海": {"2026-11-21": {"signs": ["rain"], "low": 9, "high": 14}}}}

Nothing is made up: no file, or a day it lacks, is no forecast.
"""

import logging
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from clothier.visits.contracts import Forecast

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
    def __init__(self, path: Path) -> None:
        self.path = path

    def forecast(self, city: str, day: date) -> Forecast | None:
        """From the file, read again when it changes. A faulty file is logged and counts as no forecast."""
        try:
            report = _read(self.path, self.path.stat().st_mtime_ns)
        except OSError:
            return None
        found = report and report.cities.get(city, {}).get(day)
        if not (report and found):
            return None
        return Forecast(city, day, frozenset(found.signs), found.low, found.high, report.source)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Report | None:
    try:
        return Report.model_validate_json(path.read_bytes())
    except ValidationError as error:
        log.warning("the weather file %s is faulty: %s", path, error.errors(include_input=False)[0]["msg"])
        return None

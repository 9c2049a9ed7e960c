"""What other packages give and get: a weather forecast, and what the day brings."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Forecast:
    """A city's weather on a day: signs (rain, snow, wind) and °C. `source` says who forecasts it."""

    city: str
    day: date
    signs: frozenset[str]
    low: int
    high: int
    source: str
    sample: bool = False


class WeatherProvider(Protocol):
    """An adapter to whoever knows the weather; one folder per adapter beside visits/weather."""

    def forecast(self, city: str, day: date) -> Forecast | None:
        """The forecast, or None when the provider does not know. Never raises for a network or a file."""


@dataclass(frozen=True, slots=True)
class SceneToday:
    """A scene of the house rules that applies today: its name, and what to say to a customer."""

    key: str
    name: str
    talk: str
    categories: tuple[str, ...]

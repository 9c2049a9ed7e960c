"""Weather for the demo's cities: a year of days with a climate like theirs, written where the file provider reads."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from clothier.simulation.contents import load
from clothier.simulation.draws import stream


def write(path: Path, *, seed: int, start: date, days: int = 400) -> None:
    """A weather.json, unless there is one: somebody's real forecast is never overwritten."""
    if path.exists():
        return
    cities = {city: _days(seed, city, climate, start, days) for city, climate in load("weather").items()}
    report = {"source": "demo", "cities": cities}
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def _days(seed: int, city: str, climate: dict[str, Any], start: date, days: int) -> dict[str, Any]:
    rng = stream(seed, "weather", city)
    drift = 0.0
    found = {}
    for day in (start + timedelta(days=n) for n in range(days)):
        # Warm and cold spells last some days: yesterday's deviation fades, today's chance is added.
        drift = 0.7 * drift + float(rng.normal(0, 2.2))
        low, high, wet = climate["months"][day.month - 1]
        rain, wind = rng.random() * 100 < wet, rng.random() < 0.1
        cold, warm = round(low + drift), round(high + drift - (3 if rain else 0))
        sign = ["snow" if cold <= 0 else "rain"] if rain else []
        found[day.isoformat()] = {"signs": sign + ["wind"] * wind, "low": cold, "high": max(cold + 1, warm)}
    return found

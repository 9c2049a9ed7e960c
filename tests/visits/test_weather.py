import json
from datetime import date
from pathlib import Path

import pytest

from clothier.visits.adapters.weather_file.provider import WeatherFile
from clothier.visits.contracts import Forecast
from clothier.visits.rules import scene_called

SATURDAY = date(2026, 11, 21)


class When:
    def __init__(self, weather=(), hot_from=None, cold_to=None, holiday=False, event=False):
        self.weather, self.hot_from, self.cold_to, self.holiday, self.event = weather, hot_from, cold_to, holiday, event


def written(folder: Path, text: str) -> WeatherFile:
    path = folder / "weather.json"
    path.write_text(text, encoding="utf-8")
    return WeatherFile(path)


def test_the_forecast_is_what_the_file_says(tmp_path):
    day = {"signs": ["rain"], "low": 9, "high": 14}
    provider = written(tmp_path, json.dumps({"source": "met office", "cities": {"上海": {"2026-11-21": day}}}))
    assert provider.forecast("上海", SATURDAY) == Forecast("上海", SATURDAY, frozenset({"rain"}), 9, 14, "met office")
    assert provider.forecast("杭州", SATURDAY) is None


@pytest.mark.parametrize("text", ["{", '{"source": "x"}', '{"source":"x","cities":{"上海":{"soon":{}}}}'])
def test_a_faulty_file_is_no_forecast(tmp_path, text):
    assert written(tmp_path, text).forecast("上海", SATURDAY) is None


def test_without_a_file_nothing_is_made_up(tmp_path):
    assert WeatherFile(tmp_path / "none.json").forecast("上海", SATURDAY) is None


def test_a_scene_is_called_by_any_of_its_conditions():
    hot = Forecast("上海", SATURDAY, frozenset(), 27, 36, "x")
    wet = Forecast("上海", SATURDAY, frozenset({"rain"}), 9, 14, "x")
    calls = [
        scene_called(When(weather=("rain", "snow")), wet, holiday=False, event=False),
        scene_called(When(weather=("rain",)), hot, holiday=False, event=False),
        scene_called(When(hot_from=35), hot, holiday=False, event=False),
        scene_called(When(cold_to=9), wet, holiday=False, event=False),
        scene_called(When(holiday=True), None, holiday=True, event=False),
        scene_called(When(event=True), None, holiday=True, event=False),
        scene_called(When(weather=("rain",), event=True), None, holiday=False, event=True),
    ]
    assert calls == [True, False, True, True, True, False, True]

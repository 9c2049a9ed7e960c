"""Which scenes of the house rules a day calls in a store, from the weather, the calendar and the diary."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from clothier.bookings.selectors import activities_today
from clothier.kernel import clock
from clothier.places.selectors import store as store_by_id
from clothier.standards.selectors import calendar_day, document
from clothier.visits.adapters.weather_file.provider import WeatherFile
from clothier.visits.contracts import Forecast, SceneToday, WeatherProvider
from clothier.visits.rules import scene_called


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A store's day: when it opens (None: closed), its weather if known, and the scenes it calls (standards' own)."""

    store: int
    day: date
    opens_at: datetime | None
    forecast: Forecast | None
    scenes: tuple[Any, ...]


def weather_provider() -> WeatherProvider:
    """Whoever knows the weather here."""
    return WeatherFile(settings.HOME / "weather.json")


def day_plan(*, store: int, day: date | None = None) -> DayPlan | None:
    """What a day (today in the store's zone, when none is named) brings; None for a store that is not there."""
    row = store_by_id(store)
    if row is None:
        return None
    zone = ZoneInfo(row.zone_info)
    on = day or clock.now().astimezone(zone).date()
    midnight = datetime.combine(on, time.min, tzinfo=zone)
    calendar = calendar_day(row.calendar, on)
    forecast = weather_provider().forecast(row.city, on)
    event = bool(activities_today(store=store, start=midnight, end=midnight + timedelta(days=1)))
    scenes = tuple(
        scene
        for scene in document("scenes").scenes
        if scene_called(scene.when, forecast, holiday=calendar.kind == "holiday", event=event)
    )
    return DayPlan(store=store, day=on, opens_at=calendar.opens_at, forecast=forecast, scenes=scenes)


def scenes_today(*, store: int) -> list[SceneToday]:
    """The scenes of a store's day in the reader's language."""
    plan, language = day_plan(store=store), get_language() or ""
    return [
        SceneToday(scene.key, scene.name.say(language), scene.talk.say(language), scene.categories)
        for scene in (plan.scenes if plan else ())
    ]

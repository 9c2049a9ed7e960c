"""What stores did on one day: a fixed number of statements, whatever lies before that day, the same on every engine."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from clothier.checkout.selectors import returning_by_store, sales_by_store
from clothier.insights.engines.contracts import Engine
from clothier.standards.selectors import outcomes_by_store
from clothier.visits.selectors import answered_calls, first_greetings, fitted_by_store, visits_by_store

Stretch = tuple[datetime, datetime]
# The measures of each store.
Measures = dict[int, Counter[str]]
# The store of what belongs to none.
NOWHERE = 0


def bounds(day: date, zone: str = "") -> Stretch:
    """A local day as a stretch of time."""
    place = ZoneInfo(zone or settings.TIME_ZONE)
    start = datetime.combine(day, time.min, place)
    return start.astimezone(UTC), datetime.combine(day + timedelta(days=1), time.min, place).astimezone(UTC)


def measure(engine: Engine, stores: Collection[int], start: datetime, end: datetime) -> Measures:
    """Every measure of these stores in [start, end). Of NOWHERE only sales, for nothing else happens nowhere."""
    told: Measures = defaultdict(Counter)
    named = sorted(set(stores) - {NOWHERE})
    if NOWHERE in stores:
        _sales(told, engine, {"stores": None, "start": start, "end": end})
    if named:
        scope = {"stores": named, "start": start, "end": end}
        _sales(told, engine, scope)
        _visits(told, engine, scope)
        for store, outcome, number in engine.ask(outcomes_by_store(stores=named, since=start, until=end)):
            told[store][f"promises_{outcome}"] += number
    return told


def _sales(told: Measures, engine: Engine, scope: dict[str, Any]) -> None:
    _add(told, engine.ask(sales_by_store(**scope)), ("orders", "pieces", "goods_fen", "net_fen", "buyers"))
    _add(told, engine.ask(returning_by_store(**scope)), ("buyers_returning",))


def _visits(told: Measures, engine: Engine, scope: dict[str, Any]) -> None:
    _add(told, engine.ask(visits_by_store(**scope)), ("visits", "visits_closed", "visits_bought"))
    fitted = engine.ask(fitted_by_store(**scope))
    _add(told, (row[:1] + row[2:] for row in fitted), ("fitted_closed", "fitted_bought"))
    _add(told, _waits(engine, first_greetings(**scope)), ("greeted", "greeting_seconds"))
    _add(told, _waits(engine, answered_calls(**scope)), ("bells_answered", "bell_seconds"))


def _waits(engine: Engine, asked: "QuerySet[Any, Any]") -> list[tuple[int, int, int]]:
    """(store, how many waited, seconds in all) of rows of store, from when and until when.

    Worked out here: every engine has its own way of telling moments apart.
    """
    waited: dict[int, list[float]] = defaultdict(list)
    for store, since, until in engine.ask(asked):
        waited[store].append(max((_moment(until) - _moment(since)).total_seconds(), 0.0))
    return [(store, len(seconds), round(sum(seconds))) for store, seconds in waited.items()]


def _moment(told: Any) -> datetime:
    """As an engine tells it: as text, without a zone in UTC, or aware."""
    read = datetime.fromisoformat(told) if isinstance(told, str) else told
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _add(told: Measures, rows: Iterable[tuple[Any, ...]], names: tuple[str, ...]) -> None:
    for store, *amounts in rows:
        told[store or NOWHERE].update({name: amount or 0 for name, amount in zip(names, amounts, strict=True)})

"""Metrics over stretches of days, read from days that were added up before."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from clothier.insights.contracts import DayValue, Metric, Reading
from clothier.insights.definitions import BY_KEY, METRICS
from clothier.insights.effects import Effect as Effect
from clothier.insights.effects import activity_effect as activity_effect
from clothier.insights.models import DailyFigure
from clothier.kernel.access import Viewer

# Points of a metric's course: a longer time is told in stretches of several days each.
MOST_POINTS = 92


def metrics() -> tuple[Metric, ...]:
    """Every metric, in the order of a report."""
    return METRICS


def metric(key: str) -> Metric | None:
    return BY_KEY.get(key)


def readings(viewer: Viewer, *, start: date, end: date, store: int | None = None) -> list[Reading]:
    """Every metric over the days from `start` to `end`, both included, and its course over them; one query."""
    whole: Counter[str] = Counter()
    length = -(-((end - start).days + 1) // MOST_POINTS)
    stretches: list[Counter[str]] = [Counter() for _ in range(0, (end - start).days + 1, length)]
    rows = _figures(viewer, start, end, store).values_list("day", "measure").annotate(Sum("amount"))
    for day, name, amount in rows:
        whole[name] += amount
        stretches[(day - start).days // length][name] += amount
    return [
        replace(read, course=tuple(_reading(read.metric, one).value for one in stretches)) for read in read_off(whole)
    ]


def by_day(viewer: Viewer, known: Metric, *, start: date, end: date, store: int | None = None) -> list[DayValue]:
    """A metric day by day, days without anything to measure included; one query."""
    rows = _figures(viewer, start, end, store).filter(measure__in=known.measures).values_list("day", "measure")
    days: dict[date, dict[str, int]] = defaultdict(dict)
    for day, name, amount in rows.annotate(Sum("amount")):
        days[day][name] = int(amount)
    span = (start + timedelta(days=n) for n in range((end - start).days + 1))
    found = ((day, _reading(known, days[day])) for day in span)
    return [DayValue(day, reading.value, reading.numerator, reading.denominator) for day, reading in found]


def read_off(sums: Mapping[str, int]) -> list[Reading]:
    """Every metric of measures added up, in the order of a report."""
    return [_reading(known, sums) for known in METRICS]


def _figures(viewer: Viewer, start: date, end: date, store: int | None) -> QuerySet[DailyFigure]:
    rows = DailyFigure.objects.filter(day__gte=start, day__lte=end).order_by()
    if viewer.stores is not None:
        rows = rows.filter(store_id__in=viewer.stores)
    return rows.filter(store_id=store) if store else rows


def _reading(known: Metric, sums: Mapping[str, int]) -> Reading:
    above = sum(sums.get(name, 0) for name in known.numerator)
    below = sum(sums.get(name, 0) for name in known.denominator)
    if not known.denominator:
        return Reading(known, float(above), above, 0)
    return Reading(known, above / below if below else None, above, below)

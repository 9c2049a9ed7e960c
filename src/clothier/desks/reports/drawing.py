"""Metrics in words and pictures."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from clothier.desks.shell.words import duration
from clothier.insights.contracts import DayValue, Metric, Reading, Unit
from clothier.kernel.money import Money

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FORMATS = {Unit.SHARE: ".0%", Unit.RATIO: ".2f", Unit.COUNT: ",d", Unit.SECONDS: ",.0f", Unit.FEN: ",.0f"}


def text(unit: Unit, value: float | None) -> str:
    """A value as its reader says it; a dash where there was nothing to measure."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return f"{value * 100:.1f}%"
    if unit is Unit.SECONDS:
        return duration(value)
    if unit is Unit.FEN:
        return str(Money(round(value)))
    return f"{value:,.2f}" if unit is Unit.RATIO else f"{value:,.0f}"


def tile(reading: Reading) -> dict[str, Any]:
    """A metric of the list: its value against its target."""
    metric, value = reading.metric, reading.value
    missed = metric.target is not None and value is not None and (value < metric.target) is bool(metric.more_is_better)
    return {
        "metric": metric,
        "value": text(metric.unit, value),
        "target": text(metric.unit, metric.target) if metric.target is not None else "",
        "tone": "bad" if missed and value != metric.target else "",
        "lines": course(reading.course),
    }


def course(values: Sequence[float | None]) -> list[str]:
    """How a metric went: points of lines in a box of 100 × 24, interrupted where there was nothing to measure."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return []
    low, high = min(0.0, *known), max(known)
    scale = 22 / (high - low) if high > low else 0.0
    step = 100 / (len(values) - 1)
    lines: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is not None:
            lines[-1].append(f"{place * step:.1f},{23 - (value - low) * scale:.1f}")
        elif lines[-1]:
            lines.append([])
    return [" ".join(line) for line in lines if len(line) > 1]


def chart(metric: Metric, days: Sequence[DayValue]) -> dict[str, Any]:
    """The metric day by day, as a Vega-Lite declaration; its target as a rule."""
    rows = [
        {"day": day.day.isoformat(), "value": _shown(metric.unit, day.value)} for day in days if day.value is not None
    ]
    form = FORMATS[metric.unit]
    day, value = {"field": "day", "type": "temporal"}, {"field": "value", "type": "quantitative"}
    scale = {"domain": [0, 1]} if metric.unit is Unit.SHARE else {"zero": True}
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {**day, "axis": {"format": "%-m/%-d", "title": None}},
            "y": {**value, "axis": {"format": form, "title": None}, "scale": scale},
            "tooltip": [
                {**day, "title": _("日期"), "format": "%Y-%m-%d"},
                {**value, "title": str(metric.name), "format": form},
            ],
        },
    }
    aim = {
        "data": {"values": [{"value": _shown(metric.unit, metric.target)}]},
        "mark": {"type": "rule", "strokeDash": [4, 4]},
        "encoding": {"y": value},
    }
    layers = [line] if metric.target is None else [line, aim]
    return {"$schema": SCHEMA, "width": "container", "height": 260, "layer": layers}


def table(metric: Metric, days: Sequence[DayValue]) -> list[list[str]]:
    """The same figures in rows, the latest day first."""
    return [[day.day.isoformat(), text(metric.unit, day.value), *_parts(metric, day)] for day in reversed(days)]


def heads(metric: Metric) -> list[str]:
    return [_("日期"), str(metric.name), *([_("分子"), _("分母")] if metric.denominator else [])]


def _parts(metric: Metric, day: DayValue) -> list[str]:
    return [f"{day.numerator:,}", f"{day.denominator:,}"] if metric.denominator else []


def _shown(unit: Unit, value: float | None) -> float | None:
    return value / 100 if unit is Unit.FEN and value is not None else value

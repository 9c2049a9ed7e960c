"""Metrics with their definitions: what each says, how it went, and the figures behind it."""

import json
from functools import lru_cache

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clothier.desks.reports import drawing, period
from clothier.desks.shell.access import signed_in
from clothier.insights.contracts import Metric
from clothier.insights.selectors import by_day, metric, readings
from clothier.kernel.access import Role
from clothier.kernel.cells import written
from clothier.kernel.replica import from_replica
from clothier.places.selectors import stores_for
from clothier.staff.middleware import ViewerRequest

ROLES = (Role.OPERATOR, Role.MANAGER, Role.MALL)


@require_GET
@signed_in(*ROLES)
@from_replica
def overview(request: ViewerRequest) -> HttpResponseBase:
    """Every metric with its value over the days asked for, its target and its definition."""
    asked = period.read(request.viewer, request.GET)
    found = readings(request.viewer, start=asked.start, end=asked.end, store=asked.store_id)
    facts = {
        "tiles": [drawing.tile(reading) for reading in found],
        "period": asked,
        "stores": stores_for(request.viewer),
    }
    return render(request, "reports/overview.html", facts)


@require_GET
@signed_in(*ROLES)
@from_replica
def detail(request: ViewerRequest, key: str) -> HttpResponseBase:
    """One metric day by day."""
    known, asked = _metric(key), period.read(request.viewer, request.GET)
    days = by_day(request.viewer, known, start=asked.start, end=asked.end, store=asked.store_id)
    facts = {
        "metric": known,
        "target": drawing.text(known.unit, known.target) if known.target is not None else "",
        "period": asked,
        "stores": stores_for(request.viewer),
        "chart": drawing.chart(known, days),
        "heads": drawing.heads(known),
        "rows": drawing.table(known, days),
    }
    return render(request, "reports/metric.html", facts)


@require_GET
@signed_in(*ROLES)
@from_replica
def table(request: ViewerRequest, key: str) -> HttpResponseBase:
    """The figures as a file: the value as a plain number (fen for money), and what it was made of."""
    known, asked = _metric(key), period.read(request.viewer, request.GET)
    rows: list[list[object]] = [["day", known.key, "numerator", "denominator"]]
    for day in by_day(request.viewer, known, start=asked.start, end=asked.end, store=asked.store_id):
        value = "" if day.value is None else f"{day.value:.6g}"
        rows.append([day.day.isoformat(), value, day.numerator, day.denominator if known.denominator else ""])
    response = HttpResponse("\ufeff" + written(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{known.key}-{asked.start}-{asked.end}.csv"'
    return response


@require_GET
@signed_in(*ROLES)
@from_replica
def picture(request: ViewerRequest, key: str) -> HttpResponseBase:
    """The chart as a drawing, for print and for documents; made here, without a browser."""
    known, asked = _metric(key), period.read(request.viewer, request.GET)
    days = by_day(request.viewer, known, start=asked.start, end=asked.end, store=asked.store_id)
    declared = {**drawing.chart(known, days), "width": 720}
    return HttpResponse(_drawn(json.dumps(declared)), content_type="image/svg+xml")


@lru_cache(maxsize=64)
def _drawn(declared: str) -> str:
    """Forty milliseconds of drawing, the same for everybody who looks at the same figures."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(declared))


def _metric(key: str) -> Metric:
    if found := metric(key):
        return found
    raise Http404

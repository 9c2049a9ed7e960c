"""Closed days as bookings for the accounts, and as a report by store and method."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from clothier.kernel.access import Viewer
from clothier.settlement.contracts import ALLOWANCES, POINTS, RETURNS, SALES
from clothier.settlement.models import BusinessDay, DayFigure, DayStatement, TillSession
from clothier.settlement.rules.ledger import DayBook, Row, book
from clothier.settlement.selectors.days import days_for
from clothier.standards.selectors import document

_NOT_WAYS = (SALES, RETURNS, ALLOWANCES, POINTS)
# A year of a chain fits; more is asked for in parts.
MOST_DAYS = 20_000


@dataclass(frozen=True, slots=True)
class Booked:
    """One day's bookings. `stated`: its providers have told of it, so the fees are final."""

    day: BusinessDay
    rows: list[Row]
    stated: bool


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day's figures by line, and what providers stated and kept, by method; fen."""

    lines: dict[str, DayFigure]
    stated: dict[str, tuple[int, int, int]]
    drawer_fen: int

    def ways(self) -> list[DayFigure]:
        return [figure for line, figure in sorted(self.lines.items()) if line not in _NOT_WAYS]


def ledger(viewer: Viewer, *, first: date, last: date, store: int | None = None) -> list[Booked]:
    """The closed days of a stretch as double entries, each day and store adding up to nothing."""
    days = days_for(viewer).filter(date__range=(first, last), sealed_at__isnull=False).order_by("date", "store__code")
    found = list(days[:MOST_DAYS] if store is None else days.filter(store=store)[:MOST_DAYS])
    figures = _figures([day.pk for day in found])
    vat = document("settlement").vat_percent
    return [
        Booked(day, book(_book(figures[day.pk]), vat_percent=vat), stated=day.matched_at is not None) for day in found
    ]


def day_figures(day: int) -> DayFigures:
    """One day's figures."""
    return _figures([day])[day]


def methods_between(viewer: Viewer, *, first: date, last: date) -> list[tuple[int, str, int, int, int]]:
    """(store, method, payments, fen net, fees) of the closed days of a stretch, by store and method."""
    days = days_for(viewer).filter(date__range=(first, last), sealed_at__isnull=False)
    own = DayFigure.objects.filter(day__in=days).exclude(line__in=_NOT_WAYS)
    fees = DayStatement.objects.filter(day__in=days).values_list("day__store", "method").annotate(fee=Sum("fee_fen"))
    kept = {(store, method): fee for store, method, fee in fees}
    rows = own.values_list("day__store", "line").annotate(n=Sum("count"), net=Sum(F("fen") + F("refund_fen")))
    return [
        (store, line, n, net, kept.get((store, line), 0))
        for store, line, n, net in rows.order_by("day__store__code", "line")
    ]


def _figures(days: list[int]) -> dict[int, DayFigures]:
    lines: defaultdict[int, dict[str, DayFigure]] = defaultdict(dict)
    for figure in DayFigure.objects.filter(day__in=days):
        lines[figure.day_id][figure.line] = figure
    stated: defaultdict[int, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    told = DayStatement.objects.filter(day__in=days).values_list("day", "method")
    for day, method, rows, fen, fee in told.annotate(n=Sum("rows"), sum=Sum("fen"), fee=Sum("fee_fen")):
        stated[day][method] = (rows, fen, fee)
    off = TillSession.objects.filter(day__in=days, closed_at__isnull=False).values_list("day")
    drawers = dict(off.annotate(fen=Sum(F("counted_fen") - F("expected_fen"))))
    return {day: DayFigures(lines[day], stated[day], drawers.get(day) or 0) for day in days}


def _book(figures: DayFigures) -> DayBook:
    def fen(line: str) -> int:
        figure = figures.lines.get(line)
        return figure.fen + figure.refund_fen if figure else 0

    return DayBook(
        sales_fen=fen(SALES) + fen(RETURNS),
        allowed_fen=fen(ALLOWANCES),
        points_fen=fen(POINTS),
        moved={figure.line: figure.fen + figure.refund_fen for figure in figures.ways()},
        fees={method: fee for method, (_rows, _fen, fee) in figures.stated.items()},
        drawer_fen=figures.drawer_fen,
    )

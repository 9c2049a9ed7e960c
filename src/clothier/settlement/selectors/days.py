"""Business days for a viewer: where each store stands, and what waits."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.places.selectors import open_stores, stores_for
from clothier.settlement.contracts import DayRow, DayState, DifferenceState
from clothier.settlement.models import BusinessDay, DayFigure, Difference, TillSession
from clothier.settlement.selectors.calendar import date_in

WAITING = 60


def days_for(viewer: Viewer) -> QuerySet[BusinessDay]:
    """Days of the viewer's stores."""
    return BusinessDay.objects.filter(store__in=stores_for(viewer)).select_related("store")


def today_for(viewer: Viewer) -> list[DayRow]:
    """One row for each of the viewer's stores: its business day of this moment."""
    dates = {store.pk: date_in(store.zone_info) for store in open_stores(viewer)}
    if not dates:
        return []
    days = _within(stores=list(dates), since=min(dates.values()), until=max(dates.values()))
    rows = {row.store_id: row for row in day_rows(day for day in days if dates[day.store_id] == day.date)}
    return [rows.get(store) or DayRow(0, store, day, DayState.TRADING) for store, day in dates.items()]


def waiting_for(viewer: Viewer) -> list[DayRow]:
    """Earlier days that are not matched yet, the oldest first; so many at most."""
    dates = {store.pk: date_in(store.zone_info) for store in open_stores(viewer)}
    if not dates:
        return []
    return day_rows(_unmatched(stores=list(dates), before=max(dates.values()), limit=WAITING))


@prepared
def _within(stores: list[int], since: date, until: date) -> QuerySet[BusinessDay, BusinessDay]:
    return BusinessDay.objects.filter(store__in=stores, date__gte=since, date__lte=until)


@prepared
def _unmatched(stores: list[int], before: date, limit: int) -> QuerySet[BusinessDay, BusinessDay]:
    waiting = BusinessDay.objects.filter(store__in=stores, matched_at__isnull=True, date__lt=before)
    return waiting.order_by("date", "store__code")[:limit]


def day_rows(days: Iterable[BusinessDay]) -> list[DayRow]:
    """Days as lists show them; three queries for however many."""
    found = list(days)
    if not found:
        return []
    ids = [day.pk for day in found]
    sessions = {day: (running, every) for day, running, every in _sessions(days=ids)}
    takings = dict(_takings(days=ids, ways=list(_WAYS)))
    dates = [day.date for day in found]
    open_ = _open_differences(stores=list({day.store_id for day in found}), since=min(dates), until=max(dates))
    waiting = {(store, day): number for store, day, number in open_}
    return [
        _row(day, *sessions.get(day.pk, (0, 0)), takings.get(day.pk) or 0, waiting.get((day.store_id, day.date), 0))
        for day in found
    ]


_WAYS = ("cash", "wechat", "alipay", "card", "instalments", "transfer")


@prepared
def _sessions(days: list[int]) -> QuerySet[TillSession, tuple[int, int, int]]:
    counted = TillSession.objects.filter(day__in=days).values_list("day")
    return counted.annotate(running=Count("pk", filter=Q(closed_at=None)), every=Count("pk"))


@prepared
def _takings(days: list[int], ways: list[str]) -> QuerySet[DayFigure, tuple[int, int]]:
    figures = DayFigure.objects.filter(day__in=days, line__in=ways).values_list("day")
    return figures.annotate(fen=Sum("fen") + Sum("refund_fen"))


@prepared
def _open_differences(stores: list[int], since: date, until: date) -> QuerySet[Difference, tuple[int, date, int]]:
    rows = Difference.objects.filter(state=DifferenceState.OPEN.value, store__in=stores)
    return rows.filter(date__gte=since, date__lte=until).values_list("store", "date").annotate(n=Count("pk"))


def _row(day: BusinessDay, running: int, tills: int, takings: int, differences: int) -> DayRow:
    if day.sealed_at is None:
        state = DayState.COUNTED if tills and not running else DayState.TRADING
    elif differences:
        state = DayState.DIFFERENT
    else:
        state = DayState.MATCHED if day.matched_at else DayState.CLOSED
    return DayRow(day.pk, day.store_id, day.date, state, takings, running, tills, differences, day.late)

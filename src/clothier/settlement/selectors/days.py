"""Business days for a viewer: where each store stands, and what waits."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for
from clothier.settlement.contracts import DayRow, DayState, DifferenceState
from clothier.settlement.models import BusinessDay, DayFigure, Difference, TillSession
from clothier.settlement.selectors.calendar import date_in

WAITING = 60


def days_for(viewer: Viewer) -> QuerySet[BusinessDay]:
    """Days of the viewer's stores."""
    return BusinessDay.objects.filter(store__in=stores_for(viewer)).select_related("store")


def today_for(viewer: Viewer) -> list[DayRow]:
    """One row for each of the viewer's stores: its business day of this moment."""
    dates = {store.pk: date_in(store.zone_info) for store in stores_for(viewer).order_by("code")}
    days = days_for(viewer).filter(date__in=set(dates.values()))
    there = {day.store_id: day for day in days if dates.get(day.store_id) == day.date}
    rows = {row.store_id: row for row in day_rows(there.values())}
    return [rows.get(store) or DayRow(0, store, day, DayState.TRADING) for store, day in dates.items()]


def waiting_for(viewer: Viewer) -> list[DayRow]:
    """Earlier days that are not matched yet, the oldest first; so many at most."""
    dates = [date_in(store.zone_info) for store in stores_for(viewer)]
    if not dates:
        return []
    days = days_for(viewer).filter(matched_at__isnull=True, date__lt=max(dates))
    return day_rows(days.order_by("date", "store")[:WAITING])


def day_rows(days: Iterable[BusinessDay]) -> list[DayRow]:
    """Days as lists show them; three queries for however many."""
    found = list(days)
    ids = [day.pk for day in found]
    counted = TillSession.objects.filter(day__in=ids).values_list("day")
    told = counted.annotate(running=Count("pk", filter=Q(closed_at=None)), every=Count("pk"))
    sessions = {day: (running, every) for day, running, every in told}
    money = DayFigure.objects.filter(day__in=ids).values_list("day").annotate(fen=Sum("fen") + Sum("refund_fen"))
    takings = dict(money.filter(line__in=_WAYS))
    waiting = _open_differences(found)
    return [
        _row(day, *sessions.get(day.pk, (0, 0)), takings.get(day.pk) or 0, waiting.get((day.store_id, day.date), 0))
        for day in found
    ]


_WAYS = ("cash", "wechat", "alipay", "card", "instalments", "transfer")


def _open_differences(days: list[BusinessDay]) -> dict[tuple[int, date], int]:
    dates = {day.date for day in days}
    rows = Difference.objects.filter(state=DifferenceState.OPEN, store__isnull=False, date__in=dates)
    return {(store or 0, day): n for store, day, n in rows.values_list("store", "date").annotate(n=Count("pk"))}


def _row(day: BusinessDay, running: int, tills: int, takings: int, differences: int) -> DayRow:
    if day.sealed_at is None:
        state = DayState.COUNTED if tills and not running else DayState.TRADING
    elif differences:
        state = DayState.DIFFERENT
    else:
        state = DayState.MATCHED if day.matched_at else DayState.CLOSED
    return DayRow(day.pk, day.store_id, day.date, state, takings, running, tills, differences, day.late)

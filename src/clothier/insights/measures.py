"""What one store did on one day: a fixed number of indexed queries, whatever lies before that day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from clothier.checkout.selectors import returning_customers, sales_between
from clothier.kernel.access import SYSTEM
from clothier.standards.selectors import promise_figures
from clothier.visits.selectors import bells_for, visits_for

Stretch = tuple[datetime, datetime]


def bounds(day: date, zone: str = "") -> Stretch:
    """A local day as a stretch of time."""
    place = ZoneInfo(zone or settings.TIME_ZONE)
    start = datetime.combine(day, time.min, place)
    return start.astimezone(UTC), datetime.combine(day + timedelta(days=1), time.min, place).astimezone(UTC)


def measure(store: int | None, start: datetime, end: datetime) -> dict[str, int]:
    """Every measure of a store between two moments; without a store only sales, for nothing else happens nowhere."""
    figures = _sales(store, start, end)
    if store is not None:
        figures |= _visits(store, start, end) | _answers(store, start, end) | _promises(store, start, end)
    return figures


def _sales(store: int | None, start: datetime, end: datetime) -> dict[str, int]:
    sold = sales_between(store=store, start=start, end=end)
    return {
        "orders": sold.orders,
        "pieces": sold.pieces,
        "goods_fen": sold.goods_fen,
        "net_fen": sold.net_fen,
        "buyers": sold.customers,
        "buyers_returning": returning_customers(store=store, start=start, end=end) if sold.customers else 0,
    }


def _visits(store: int, start: datetime, end: datetime) -> dict[str, int]:
    day = visits_for(SYSTEM).filter(store_id=store, arrived_at__gte=start, arrived_at__lt=end)
    fitted = day.model._default_manager.filter(pk=OuterRef("pk"), fittings__isnull=False)
    closed, bought, tried = Q(left_at__isnull=False), Q(outcome="bought"), Q(tried=True)
    counted = day.annotate(tried=Exists(fitted)).aggregate(
        visits=Count("pk"),
        visits_closed=Count("pk", filter=closed),
        visits_bought=Count("pk", filter=closed & bought),
        fitted_closed=Count("pk", filter=closed & tried),
        fitted_bought=Count("pk", filter=closed & tried & bought),
    )
    greeted = day.filter(steps__kind="greeted", steps__undone_at=None).values_list("pk", "arrived_at", "steps__at")
    first: dict[int, float] = {}
    for pk, arrived, at in greeted:
        seconds = max((at - arrived).total_seconds(), 0.0)
        first[pk] = min(seconds, first.get(pk, seconds))
    return {**counted, "greeted": len(first), "greeting_seconds": round(sum(first.values()))}


def _answers(store: int, start: datetime, end: datetime) -> dict[str, int]:
    rung = bells_for(SYSTEM).filter(store_id=store, rung_at__gte=start, rung_at__lt=end, answered_at__isnull=False)
    waits = [(answered - at).total_seconds() for at, answered in rung.values_list("rung_at", "answered_at") if answered]
    return {"bells_answered": len(waits), "bell_seconds": round(sum(waits))}


def _promises(store: int, start: datetime, end: datetime) -> dict[str, int]:
    figures = promise_figures(SYSTEM, since=start, until=end, store=store).values()
    return {
        "promises_kept": sum(figure.kept for figure in figures),
        "promises_broken": sum(figure.broken for figure in figures),
    }

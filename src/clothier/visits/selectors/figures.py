"""A stretch of time counted by store: queries that an engine of analyses can be asked as well as the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from clothier.kernel.snapshots import Extract
from clothier.visits.models import Bell, Fitting, Step, Visit


def extracts() -> list[Extract]:
    """What these queries read."""
    return [
        Extract(Visit, ("id", "store_id", "arrived_at", "left_at", "outcome")),
        Extract(Step, ("id", "visit_id", "kind", "at", "undone_at")),
        Extract(Fitting, ("id", "visit_id")),
        Extract(Bell, ("id", "store_id", "rung_at", "answered_at")),
    ]


def visits_by_store(*, stores: Collection[int], start: datetime, end: datetime) -> "QuerySet[Visit, Any]":
    """(store, visits, those that have left, those of them that bought) of who arrived in [start, end)."""
    return _counted(_arrived(stores, start, end))


def fitted_by_store(*, stores: Collection[int], start: datetime, end: datetime) -> "QuerySet[Visit, Any]":
    """The same of visits in which something was tried on."""
    tried = Fitting.objects.filter(visit=OuterRef("pk"))
    return _counted(_arrived(stores, start, end).filter(Exists(tried)))


def first_greetings(*, stores: Collection[int], start: datetime, end: datetime) -> "QuerySet[Visit, Any]":
    """(store, arrived, first greeted) of each visit that was greeted."""
    greeted = _arrived(stores, start, end).filter(steps__kind=Step.Kind.GREETED, steps__undone_at__isnull=True)
    first = greeted.values("store_id", "pk", "arrived_at").annotate(first=Min("steps__at"))
    return first.values_list("store_id", "arrived_at", "first")


def answered_calls(*, stores: Collection[int], start: datetime, end: datetime) -> "QuerySet[Bell, Any]":
    """(store, rung, answered) of each call of [start, end) that somebody answered."""
    rung = Bell.objects.filter(store__in=list(stores), rung_at__gte=start, rung_at__lt=end, answered_at__isnull=False)
    return rung.order_by().values_list("store_id", "rung_at", "answered_at")


def _arrived(stores: Collection[int], start: datetime, end: datetime) -> QuerySet[Visit]:
    """Slips of the thumb are no visits."""
    came = Visit.objects.filter(store__in=list(stores), arrived_at__gte=start, arrived_at__lt=end)
    return came.exclude(outcome=Visit.Outcome.VOID).order_by()


def _counted(visits: QuerySet[Visit]) -> "QuerySet[Visit, Any]":
    gone, bought = Q(left_at__isnull=False), Q(left_at__isnull=False, outcome=Visit.Outcome.BOUGHT)
    by_store = visits.values("store_id").annotate(
        visits=Count("pk"), closed=Count("pk", filter=gone), bought=Count("pk", filter=bought)
    )
    return by_store.values_list("store_id", "visits", "closed", "bought")

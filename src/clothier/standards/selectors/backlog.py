"""What broke in a stretch of time, and what has been waiting since long ago."""

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.standards.contracts import PromiseView
from clothier.standards.models import Promise, Verdict
from clothier.standards.selectors.promises import views


def broken_between(
    viewer: Viewer, *, store: int, since: datetime, until: datetime, limit: int, language: str = "zh"
) -> list[PromiseView]:
    """Promises of a store that were judged broken in [since, until) and still are, the latest first."""
    if not viewer.sees(store):
        return []
    latest = dict.fromkeys(_judged(store=store, since=since, until=until, limit=limit))
    order = {pk: place for place, pk in enumerate(latest)}
    return sorted(views(_promises(ids=latest), language=language), key=lambda view: order[view.id])


@prepared
def _judged(store: int, since: datetime, until: datetime, limit: int) -> "QuerySet[Verdict, int]":
    # Joined, so that the stretch of time is looked through and not all that ever broke in the store.
    judged = Verdict.objects.filter(outcome="broken", settled_at__gte=since, settled_at__lt=until)
    broken = judged.filter(promise__store_id=store, promise__state=Promise.State.BROKEN.value)
    return broken.order_by("-settled_at", "-id").values_list("promise_id", flat=True)[:limit]


@prepared
def _promises(ids: list[int]) -> "QuerySet[Promise, Promise]":
    return Promise.objects.filter(pk__in=ids)


def overdue_counts(viewer: Viewer, *, store: int, before: datetime) -> dict[str, int]:
    """How many open promises of each kind were due before a moment; no more rows than are open."""
    return dict(_late(store=store, before=before)) if viewer.sees(store) else {}


@prepared
def _late(store: int, before: datetime) -> "QuerySet[Promise, Any]":
    late = Promise.objects.filter(store_id=store, closed_at__isnull=True, due_at__lt=before)
    return late.order_by().values_list("key").annotate(number=Count("pk"))

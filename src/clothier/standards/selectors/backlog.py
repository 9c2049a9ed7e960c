"""What broke in a stretch of time, and what has been waiting since long ago."""

from datetime import datetime

from django.db.models import Count

from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView
from clothier.standards.models import Promise, Verdict
from clothier.standards.selectors.promises import views, visible


def broken_between(
    viewer: Viewer, *, store: int, since: datetime, until: datetime, limit: int, language: str = "zh"
) -> list[PromiseView]:
    """Promises of a store that were judged broken in [since, until) and still are, the latest first."""
    judged = Verdict.objects.filter(
        outcome="broken",
        settled_at__gte=since,
        settled_at__lt=until,
        promise__in=visible(viewer).filter(store_id=store, state=Promise.State.BROKEN),
    )
    latest = list(judged.order_by("-settled_at", "-id").values_list("promise_id", flat=True)[:limit])
    order = {pk: place for place, pk in enumerate(dict.fromkeys(latest))}
    found = views(Promise.objects.filter(pk__in=order), language=language)
    return sorted(found, key=lambda view: order[view.id])


def overdue_counts(viewer: Viewer, *, store: int, before: datetime) -> dict[str, int]:
    """How many open promises of each kind were due before a moment; no more rows than are open."""
    late = visible(viewer).filter(store_id=store, closed_at__isnull=True, due_at__lt=before)
    return dict(late.order_by().values_list("key").annotate(number=Count("pk")))

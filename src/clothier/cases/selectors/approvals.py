"""Compensation that waits: for somebody's yes, or for what would not let it be issued."""

from django.db.models import Exists, OuterRef, QuerySet

from clothier.cases.contracts import CompensationState
from clothier.cases.models import Compensation
from clothier.cases.selectors.lists import eyes, seen_from, visible
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

LIMIT = 100


def approvals_for(viewer: Viewer, *, store: int | None = None, limit: int = LIMIT) -> list[Compensation]:
    """What waits on the viewer's cases (of one store), the longest first, each with its case."""
    return _waiting(**eyes(viewer), store=store, limit=limit)


@prepared
def _waiting(
    stores: list[int] | None, own: int | None, storeless: bool, store: int | None, limit: int
) -> "QuerySet[Compensation, Compensation]":
    # Asked of each: all that somebody may see, as a list, would be every case there ever was.
    mine = Exists(seen_from(stores, own, storeless).filter(pk=OuterRef("case")))
    waiting = Compensation.objects.filter(mine, state__in=[CompensationState.ASKED, CompensationState.APPROVED])
    waiting = waiting if store is None else waiting.filter(case__store=store)
    return waiting.select_related("case", "case__store").order_by("pk")[:limit]


def compensation_for(viewer: Viewer, compensation: int) -> Compensation | None:
    """One of them, decided or not; None where it is on none of the viewer's cases."""
    mine = Exists(visible(viewer).filter(pk=OuterRef("case")))
    return Compensation.objects.filter(mine, pk=compensation).first()

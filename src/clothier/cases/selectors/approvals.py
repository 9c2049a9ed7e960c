"""Compensation that waits: for somebody's yes, or for what would not let it be issued."""

from clothier.cases.contracts import CompensationState
from clothier.cases.models import Compensation
from clothier.cases.selectors.lists import visible
from clothier.kernel.access import Viewer

LIMIT = 100


def approvals_for(viewer: Viewer, *, store: int | None = None, limit: int = LIMIT) -> list[Compensation]:
    """What waits on the viewer's cases (of one store), the longest first, each with its case."""
    waiting = Compensation.objects.filter(state__in=[CompensationState.ASKED, CompensationState.APPROVED])
    rows = waiting if viewer.stores is None else waiting.filter(case__in=visible(viewer))
    rows = rows if store is None else rows.filter(case__store=store)
    return list(rows.select_related("case", "case__store").order_by("pk")[:limit])


def compensation_for(viewer: Viewer, compensation: int) -> Compensation | None:
    """One of them, decided or not; None where it is on none of the viewer's cases."""
    return Compensation.objects.filter(pk=compensation, case__in=visible(viewer)).first()

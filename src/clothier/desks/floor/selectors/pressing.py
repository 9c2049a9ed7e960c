"""The clocks that run for a visit or a bell, the most pressing first."""

from collections.abc import Iterable

from django.utils.translation import get_language

from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import promises_for, subjects_promises

RECORD = "service_record"


def clocks(viewer: Viewer, *, kind: str, ids: Iterable[int]) -> dict[int, list[PromiseView]]:
    """Open promises by subject: running ones by when they are due, then paused and broken ones."""
    found = subjects_promises(viewer, kind=kind, ids=ids, language=language())
    return {pk: sorted(views, key=_rank) for pk, views in found.items()}


def records_due(viewer: Viewer, *, store: int, limit: int = 8) -> list[PromiseView]:
    """Visits the viewer served whose record is still to be written, the latest first."""
    if viewer.employee is None:
        return []
    return promises_for(
        viewer, keys=[RECORD], open_only=True, store=store, owner=viewer.employee, limit=limit, language=language()
    )


def matters_of(viewer: Viewer, customer: int, *, limit: int = 6) -> list[PromiseView]:
    """What the shop still owes a customer."""
    return promises_for(viewer, customer=customer, open_only=True, limit=limit, language=language())


def clocks_of(viewer: Viewer, visit: int) -> list[PromiseView]:
    return clocks(viewer, kind="visit", ids=[visit]).get(visit, [])[:3]


def language() -> str:
    return get_language() or "zh"


def _rank(promise: PromiseView) -> tuple[bool, float]:
    due = promise.due_at.timestamp() if promise.due_at else float("inf")
    return promise.state != "running", due

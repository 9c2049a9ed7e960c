"""Broken promises that somebody asks not to count, and that nobody has decided about."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clothier.kernel.access import Viewer
from clothier.kernel.refs import Ref
from clothier.kernel.rows import prepared
from clothier.standards.models import Waiver
from clothier.standards.selectors.rulebook import rules_of

MOST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """`name` is the promise's, `asked_by` the employee who asks."""

    promise_id: int
    name: str
    subject: Ref
    reason: str
    asked_by: int
    asked_at: datetime


def waivers_waiting(viewer: Viewer, *, store: int | None = None, language: str = "zh") -> list[Asked]:
    """Of the viewer's stores or one of them, the longest waiting first."""
    stores = viewer.stores if store is None else frozenset([store] if viewer.sees(store) else [])
    rows = list(_asked(stores=stores))
    rules = rules_of(row.promise.version_id for row in rows)
    return [
        Asked(
            promise_id=row.promise_id,
            name=rules[row.promise.version_id].name.say(language),
            subject=row.promise.subject,
            reason=row.reason,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
        )
        for row in rows
    ]


@prepared
def _asked(stores: list[int] | None) -> "QuerySet[Waiver, Waiver]":
    rows = Waiver.objects.filter(state="asked")
    rows = rows if stores is None else rows.filter(promise__store_id__in=stores)
    return rows.select_related("promise").order_by("id")[:MOST]

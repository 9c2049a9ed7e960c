"""What somebody needs again: the customers they opened last."""

from django.db.models import QuerySet

from clothier.customers.models import AccessRecord
from clothier.customers.selectors.faces import Face, faces
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

LOOKED_AT = 60
"""Reads looked back at: one visit to a profile leaves several."""


def recently_opened(viewer: Viewer, *, limit: int = 8) -> list[Face]:
    """Whom the viewer opened last, latest first, everybody once; two queries. Raises Denied for other roles."""
    if viewer.employee is None:
        return []
    opened = list(dict.fromkeys(_opened(employee=viewer.employee)))[:limit]
    known = faces(viewer, opened)
    return [known[pk] for pk in opened if pk in known]


@prepared
def _opened(employee: int) -> "QuerySet[AccessRecord, int | None]":
    whats = [AccessRecord.What.PROFILE.value, AccessRecord.What.CARD.value]
    reads = AccessRecord.objects.filter(employee_id=employee, what__in=whats, customer__isnull=False)
    return reads.order_by("-pk").values_list("customer_id", flat=True)[:LOOKED_AT]

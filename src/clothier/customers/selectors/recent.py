"""What somebody needs again: the customers they opened last."""

from clothier.customers.models import AccessRecord
from clothier.customers.selectors.faces import Face, faces
from clothier.kernel.access import Viewer

LOOKED_AT = 60
"""Reads looked back at: one visit to a profile leaves several."""


def recently_opened(viewer: Viewer, *, limit: int = 8) -> list[Face]:
    """Whom the viewer opened last, latest first, everybody once; two queries. Raises Denied for other roles."""
    if viewer.employee is None:
        return []
    whats = [AccessRecord.What.PROFILE, AccessRecord.What.CARD]
    reads = AccessRecord.objects.filter(employee_id=viewer.employee, what__in=whats, customer__isnull=False)
    opened = list(dict.fromkeys(reads.order_by("-pk").values_list("customer_id", flat=True)[:LOOKED_AT]))[:limit]
    known = faces(viewer, opened)
    return [known[pk] for pk in opened if pk in known]

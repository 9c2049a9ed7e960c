"""The queue of differences, for a viewer."""

from django.db.models import Q, QuerySet

from clothier.kernel.access import HEAD_OFFICE, Viewer
from clothier.places.selectors import stores_for
from clothier.settlement.models import Difference, StatementLine


def differences_for(viewer: Viewer) -> QuerySet[Difference]:
    """Differences of the viewer's stores, the latest first; what belongs to no store is head office's."""
    mine = Q(store__in=stores_for(viewer))
    if viewer.role in HEAD_OFFICE:
        mine |= Q(store__isnull=True)
    return Difference.objects.filter(mine).select_related("store").order_by("-pk")


def their_rows(difference: Difference, *, limit: int = 20) -> list[StatementLine]:
    """What the provider's files in force say under this number; nothing for a fee, which is about a whole file."""
    if not difference.reference:
        return []
    rows = StatementLine.objects.filter(reference=difference.reference, statement__current=True)
    return list(rows.select_related("statement").order_by("pk")[:limit])

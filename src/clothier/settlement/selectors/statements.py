"""Providers' files, for a viewer of head office."""

from django.db.models import QuerySet

from clothier.kernel.access import HEAD_OFFICE, Viewer
from clothier.payments.contracts import statement_formats
from clothier.settlement.models import Statement


def statements_for(viewer: Viewer) -> QuerySet[Statement]:
    """Files, the latest first; a provider's file is about the whole chain, so it is head office's."""
    return Statement.objects.order_by("-pk") if viewer.role in HEAD_OFFICE else Statement.objects.none()


def providers() -> list[str]:
    """Whose files can be read."""
    return sorted(statement_formats)

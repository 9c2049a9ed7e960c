"""Questions about imports. They are head office's business, so these take the viewer and give others nothing."""

from collections.abc import Iterator

from django.db.models import QuerySet

from clothier.checkout.contracts import OrderKind
from clothier.checkout.selectors import batch_sums
from clothier.imports.contracts import Kind
from clothier.imports.kinds.registry import loader_of
from clothier.imports.models import Import
from clothier.imports.rules.reconciliation import Line, reconcile
from clothier.imports.rules.sales import sort_of
from clothier.kernel.access import HEAD_OFFICE, Viewer


def imports_for(viewer: Viewer) -> QuerySet[Import]:
    """Imports, newest first."""
    rows = Import.objects.order_by("-id")
    return rows if viewer.role in HEAD_OFFICE else rows.none()


def unfinished(*, kind: str, sha256: str) -> Import | None:
    """An import of the same content that was broken off: the one to go on with."""
    states = Import.State
    rows = Import.objects.filter(kind=kind, sha256=sha256, dry=False, started_at__isnull=False)
    return rows.filter(state__in=[states.RUNNING, states.STOPPED, states.FAILED]).order_by("-id").first()


def reconciliation(task: Import, *, trial: bool = False) -> list[Line]:
    """Source against database, sort by sort; empty for kinds without money. A trial has nothing in the database."""
    database = _database(task.pk) if task.kind == Kind.ORDERS and not trial else ()
    return reconcile(task.read_counts(trial=trial), loader_of(task.kind).sorts, database)


def _database(batch: int) -> Iterator[tuple[str, int, int]]:
    for kind, negative, lines, fen in batch_sums(batch=batch):
        yield sort_of(OrderKind(kind), -1 if negative else 1), lines, fen

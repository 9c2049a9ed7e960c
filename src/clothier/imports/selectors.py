"""Questions about imports. They are head office's business, so these take the viewer and give others nothing."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clothier.checkout.contracts import OrderKind
from clothier.checkout.selectors import batch_sums
from clothier.imports.contracts import STAYS, UNDOABLE, Column, FileRefused, Kind, Line
from clothier.imports.kinds.registry import loader_of
from clothier.imports.models import KIND_NAMES
from clothier.imports.models import Import as Import  # the row itself is what pages show
from clothier.imports.rules.reconciliation import reconcile
from clothier.imports.rules.sales import sort_of
from clothier.imports.sources import files
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
    """Source against database, sort by sort; empty for kinds without money and once it is taken back.

    A trial has nothing in the database.
    """
    if task.state in (Import.State.UNDOING, Import.State.UNDONE):
        return []
    database = _database(task.pk) if task.kind == Kind.ORDERS and not trial else ()
    return reconcile(task.read_counts(trial=trial), loader_of(task.kind).sorts, database)


def _database(batch: int) -> Iterator[tuple[str, int, int]]:
    for kind, negative, lines, fen in batch_sums(batch=batch):
        yield sort_of(OrderKind(kind), -1 if negative else 1), lines, fen


def may_undo(task: Import) -> bool:
    """Whether the file can be taken back: see `request_undo`."""
    ended = (Import.State.FINISHED, Import.State.STOPPED, Import.State.FAILED)
    return task.kind in UNDOABLE and task.state in ended and task.started_at is not None


def stayed(task: Import) -> list[tuple[Any, int]]:
    """What could not be taken back: why, in words, and how much of it."""
    return [(_(STAYS[reason]), number) for reason, number in task.read_taken_back().stayed.items()]


def sample(task: Import, *, limit: int = 5) -> list[list[str]]:
    """The first rows under the header, as they are; none when the file has gone or cannot be read any more."""
    try:
        source = files.reader(task.file, task.read_dialect())
    except (OSError, FileRefused):
        return []
    try:
        return [row.cells for row in islice(files.rows(source, task.read_dialect()), limit)]
    finally:
        source.close()


def refusals(task: Import, *, limit: int) -> list[tuple[int, str]]:
    """Line and reason of the first rows that stay out, as their file has them; none when it has gone."""
    try:
        with task.rejected_file.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            return [(int(row[0]), row[1]) for row in islice(csv.reader(file), 1, limit + 1)]
    except OSError:
        return []


def columns_of(kind: str) -> tuple[Column, ...]:
    """What an import of this kind wants to know."""
    return loader_of(kind).columns


def kind_choices() -> list[tuple[str, Any]]:
    """What can be imported, with its name in the reader's language."""
    return [(kind.value, KIND_NAMES[kind]) for kind in Kind]

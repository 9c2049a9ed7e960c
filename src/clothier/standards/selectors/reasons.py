"""What people said about promises that broke."""

from collections.abc import Iterable

from django.db.models import QuerySet

from clothier.kernel.rows import prepared
from clothier.standards.models import Acknowledgement, Waiver


def reasons_of(promises: Iterable[int]) -> dict[int, str]:
    """The latest words on each: why a waiver was asked for, else the note of whoever took it on. Two queries."""
    ids = list(promises)
    return dict(_notes(promises=ids)) | dict(_asked(promises=ids))


@prepared
def _notes(promises: list[int]) -> "QuerySet[Acknowledgement, tuple[int, str]]":
    notes = Acknowledgement.objects.filter(promise__in=promises).exclude(note="")
    return notes.order_by("id").values_list("promise_id", "note")


@prepared
def _asked(promises: list[int]) -> "QuerySet[Waiver, tuple[int, str]]":
    return Waiver.objects.filter(promise__in=promises).order_by("id").values_list("promise_id", "reason")

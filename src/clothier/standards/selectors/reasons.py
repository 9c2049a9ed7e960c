"""What people said about promises that broke."""

from collections.abc import Iterable

from clothier.standards.models import Acknowledgement, Waiver


def reasons_of(promises: Iterable[int]) -> dict[int, str]:
    """The latest words on each: why a waiver was asked for, else the note of whoever took it on. Two queries."""
    ids = list(promises)
    notes = Acknowledgement.objects.filter(promise__in=ids).exclude(note="").order_by("id")
    asked = Waiver.objects.filter(promise__in=ids).order_by("id")
    return dict(notes.values_list("promise_id", "note")) | dict(asked.values_list("promise_id", "reason"))

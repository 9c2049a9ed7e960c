"""The step of a case that may still be taken back."""

from collections.abc import Iterable

from clothier.cases.rules.undoing import T, undoable
from clothier.kernel import clock
from clothier.standards.selectors import document


def slip_of(entries: Iterable[T]) -> T | None:
    """Of a case's entries in their order; None where the customer knows already, or it is too long ago."""
    return undoable(entries, now=clock.now(), within=document("cases").take_back_within)

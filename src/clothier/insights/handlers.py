"""Late facts change days that were counted already."""

from collections.abc import Sequence

from clothier.checkout.events import ReturnRecorded, SaleRecorded
from clothier.eventlog.contracts import Happening, History, historian, inline
from clothier.insights.services.rollups import touch, touch_beginnings, touch_history, touch_verdicts
from clothier.standards.events import PromiseCorrected, PromiseWaived

# What days are measured by: whatever is told of one of these may come two days late, an order years.
_COUNTED = frozenset({"order", "visit", "bell", "fitting"})
_REJUDGED = frozenset({PromiseCorrected.type, PromiseWaived.type})


@inline()
def note_late_facts(entries: list[Happening]) -> None:
    """In the fact's own transaction, so that none is missed."""
    if counted := [entry for entry in entries if entry.subject_kind in _COUNTED]:
        touch((entry.store_id, entry.occurred_at) for entry in counted)
        touch_beginnings(counted)
    if rejudged := [entry.subject_id for entry in entries if entry.type in _REJUDGED]:
        touch_verdicts(rejudged)


@historian(SaleRecorded.type, ReturnRecorded.type, "visit.recorded", "visit.arrived")
def note_history(histories: Sequence[History]) -> None:
    for history in histories:
        touch_history(history)

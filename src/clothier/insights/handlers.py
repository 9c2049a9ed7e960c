"""Late facts change days that were counted already."""

from collections.abc import Sequence

from clothier.checkout.events import OrderWithdrawn, ReturnRecorded, SaleRecorded
from clothier.eventlog.contracts import Happening, History, historian, inline
from clothier.insights.services.rollups import touch, touch_history


@inline(SaleRecorded.type)
@inline(ReturnRecorded.type)
@inline(OrderWithdrawn.type)
@inline("visit.recorded")
def note_late_facts(entries: list[Happening]) -> None:
    """In the fact's own transaction, so that none is missed."""
    touch(entries)


@historian(SaleRecorded.type, ReturnRecorded.type, "visit.recorded", "visit.arrived")
def note_history(histories: Sequence[History]) -> None:
    for history in histories:
        touch_history(history)

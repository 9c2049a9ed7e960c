"""Late facts change days that were counted already."""

from clothier.checkout.events import ReturnRecorded, SaleRecorded
from clothier.eventlog.contracts import Happening, inline
from clothier.insights.services.rollups import touch


@inline(SaleRecorded.type)
@inline(ReturnRecorded.type)
@inline("visit.recorded")
def note_late_facts(entries: list[Happening]) -> None:
    """In the fact's own transaction, so that none is missed."""
    touch(entries)

"""Which step of a case may be taken back: the last one, for a while, and only while nothing of it left the house."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from clothier.cases import events as e

STEPS = frozenset(
    {
        e.CaseSolutionOffered.type,
        e.CaseDone.type,
        e.CaseGoodsHandedOver.type,
        e.CaseGoodsReceived.type,
        e.CaseCauseSet.type,
        e.CaseLinked.type,
    }
)
# What may come after a step without making it past: words among ourselves and pictures.
_BESIDE = frozenset({e.CaseNoted.type, e.CasePhotoAdded.type, e.CaseLineDescribed.type})


class Told(Protocol):
    """An entry of the log, as much of it as counts here."""

    id: int
    type: str
    recorded_at: datetime

    @property
    def payload(self) -> Any: ...


T = TypeVar("T", bound=Told)


def undoable(entries: Iterable[T], *, now: datetime, within: int) -> T | None:
    """The step that may still be taken back, of a case's entries in their order; None where there is none.

    A customer who was told of it, or has said something since, cannot be untold.
    """
    last: T | None = None
    for entry in entries:
        if entry.type not in _BESIDE:
            last = entry
    if last is None or last.type not in STEPS or now - last.recorded_at > timedelta(seconds=within):
        return None
    return last

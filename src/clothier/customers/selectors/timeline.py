"""What happened to a person, across all records and channels, in sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clothier.customers.contracts import sentence_of
from clothier.customers.models import AccessRecord
from clothier.customers.reading import note_read
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.people import records_of
from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import customer_timeline
from clothier.kernel.access import Viewer

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    id: int
    type: str
    words: Any
    occurred_at: datetime
    store_id: int | None
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the timeline; `older` is where the next begins, empty at the end."""

    moments: tuple[Moment, ...]
    older: str


def timeline(viewer: Viewer, customer_id: int, *, older_than: str = "", limit: int = LIMIT) -> Page:
    """Newest first. `older_than` is a former page's `older`; reading further back is logged. Raises Denied."""
    require(viewer, READERS)
    if older_than:
        note_read(viewer, customer_id, what=AccessRecord.What.TIMELINE, purpose="service")
    entries = customer_timeline(records_of(customer_id), before=_cursor(older_than), limit=limit + 1)
    shown = entries[:limit]
    older = f"{shown[-1].occurred_at.isoformat()}~{shown[-1].pk}" if len(entries) > limit else ""
    return Page(tuple(_moment(entry) for entry in shown), older)


def _moment(entry: Happening) -> Moment:
    words = sentence_of(entry)
    return Moment(entry.id, entry.type, words, entry.occurred_at, entry.store_id, entry.actor_id)


def _cursor(text: str) -> tuple[str, int] | None:
    at, _, pk = text.partition("~")
    try:
        return datetime.fromisoformat(at).isoformat(), int(pk)
    except ValueError:
        return None

"""Reading the log as it grows, without missing what commits late.

PostgreSQL hands out ids when a row is written and shows it when its transaction commits, so entry 7 may appear after
entry 9. "Everything above the last id" would never see it. The tail remembers the ids it has skipped and asks for them
again until they appear or are old enough to have been rolled back.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, QuerySet

from clothier.eventlog.models import Entry

PATIENCE = 60.0  # seconds; longer than any transaction of ours may last
GAPS = 5000
BATCH = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the live feed tells it."""

    id: int
    type: str
    subject_kind: str
    subject_id: int
    store_id: int | None


def latest() -> int:
    """The highest id in the log, 0 when it is empty."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def since(cursor: int, *, limit: int) -> list[Line]:
    """Up to `limit` entries above a settled cursor, in order."""
    return [Line(*row) for row in _rows().filter(id__gt=cursor).order_by("id")[:limit]]


def _id(line: Line) -> int:
    return line.id


def _rows() -> QuerySet[Entry, tuple[Any, ...]]:
    return Entry.objects.values_list("id", "type", "subject_kind", "subject_id", "store_id")


@dataclass(slots=True)
class Tail:
    """One reader's place in the log. Not shared between threads.

    `every` reads all of them, however many, where the live feed would jump. `patience` is how long to wait for an id
    that was skipped, in seconds. `settled` is the id up to which nothing can still appear: whoever resumes from it
    misses nothing, and may see a few entries again.
    """

    high: int
    every: bool = False
    patience: float | None = None
    gaps: dict[int, float] = field(default_factory=dict)
    skipped: bool = False

    @property
    def settled(self) -> int:
        return min(self.gaps) - 1 if self.gaps else self.high

    def poll(self) -> list[Line]:
        """The entries that appeared since the last call, lowest id first.

        After a rush of more than a batch the tail jumps to the end and sets `skipped`: nobody reads ten thousand
        messages a second, and a page that reloads sees all of them.
        """
        self._forget_old_gaps()
        fresh = [Line(*row) for row in _rows().filter(id__gt=self.high).order_by("id" if self.every else "-id")[:BATCH]]
        self.skipped = not self.every and len(fresh) == BATCH
        lines = self._late() + sorted(fresh, key=_id)
        self._advance(lines)
        return lines

    def _late(self) -> list[Line]:
        if not self.gaps:
            return []
        between = Entry.objects.filter(id__gte=min(self.gaps), id__lte=max(self.gaps)).values_list("id", flat=True)
        arrived = sorted(self.gaps.keys() & set(between))[:BATCH]
        return [Line(*row) for row in _rows().filter(id__in=arrived).order_by("id")] if arrived else []

    def _advance(self, lines: list[Line]) -> None:
        now = time.monotonic()
        seen = {line.id for line in lines}
        top = max(seen, default=self.high)
        if top > self.high:
            # After a jump only the ids among those read are known to be missing, not those jumped over.
            first = min(id_ for id_ in seen if id_ > self.high) if self.skipped else self.high + 1
            if top - first < GAPS:
                self.gaps.update((id_, now) for id_ in range(first, top) if id_ not in seen)
            self.high = top
        for id_ in seen:
            self.gaps.pop(id_, None)

    def _forget_old_gaps(self) -> None:
        oldest = time.monotonic() - (PATIENCE if self.patience is None else self.patience)
        self.gaps = {id_: at for id_, at in self.gaps.items() if at > oldest}

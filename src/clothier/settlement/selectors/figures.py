"""What a store's business day adds up to in our own books."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from clothier.payments import selectors as payments
from clothier.payments.contracts import Moves
from clothier.places import selectors as places
from clothier.settlement.models import BusinessDay
from clothier.settlement.rules.dates import spans
from clothier.settlement.selectors.placing import days_of
from clothier.standards.selectors import document

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Added:
    """Rows and fen that came in, and that went out (below zero)."""

    count: int = 0
    fen: int = 0
    refunds: int = 0
    refund_fen: int = 0

    @property
    def net_fen(self) -> int:
        return self.fen + self.refund_fen


def added_up(day: BusinessDay) -> dict[str, Added]:
    """The day's money by way to pay, what came after the evening before was sealed with it."""
    found: dict[str, Added] = {}
    start, end = window(day)
    for block in payments.moves(start=start, end=end, store=day.store_id):
        mine = days_of(block.stores, block.moments) == day.date.toordinal()
        _add(found, block, mine)
    return found


def window(day: BusinessDay) -> tuple[datetime, datetime]:
    """The stretch in which anything of a day can have moved: it, and what came late the evening before."""
    place = places.store(day.store_id)
    assert place is not None
    (span,) = spans(day.date, day.date, zone=place.zone_info, ends=document("settlement").day_ends)
    start, end = (_EPOCH + timedelta(microseconds=edge) for edge in (span.start, span.end))
    return start - timedelta(days=1), end


def _add(found: dict[str, Added], block: Moves, mine: "np.ndarray") -> None:
    methods, amounts = np.array(block.methods)[mine], block.amounts[mine]
    for method in np.unique(methods).tolist():
        some = amounts[methods == method]
        line = found.setdefault(method, Added())
        line.count += int((some > 0).sum())
        line.fen += int(some[some > 0].sum())
        line.refunds += int((some < 0).sum())
        line.refund_fen += int(some[some < 0].sum())

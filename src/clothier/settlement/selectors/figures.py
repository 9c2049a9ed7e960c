"""What a store's business day adds up to in our own books."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from clothier.checkout import selectors as checkout
from clothier.payments import selectors as payments
from clothier.payments.contracts import Moves
from clothier.places import selectors as places
from clothier.settlement.contracts import ALLOWANCES, POINTS, RETURNS, SALES
from clothier.settlement.models import BusinessDay
from clothier.settlement.rules.dates import spans
from clothier.settlement.selectors.placing import of_day, placed
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


def added_up(day: BusinessDay) -> tuple[dict[str, Added], int]:
    """The day's money by way to pay, with what came after the evening before was sealed, and the sales it was for; and
    how many payments and refunds came so late.
    """
    found: dict[str, Added] = {}
    money: dict[int, list[tuple[int, int]]] = {}
    late = 0
    start, end = window(day)
    for block in payments.moves(start=start, end=end, store=day.store_id):
        place, happened = placed(block.stores, block.moments)
        mine = place == day.date.toordinal()
        late += int((happened[mine] < place[mine]).sum())
        _add(found, block, mine)
        moved = (block.payments[mine].tolist(), block.amounts[mine].tolist(), block.allowances[mine].tolist())
        for payment, fen, kept in zip(*moved, strict=True):
            money.setdefault(payment, []).append((fen, kept))
    _sold(found, money)
    _by_points(found, day)
    return found, late


def _sold(found: dict[str, Added], money: dict[int, list[tuple[int, int]]]) -> None:
    """Money that an order stands behind was sales; the rest is under enquiry until somebody has found out.

    What went back is told apart: for goods that came back, or of the price of goods that stay with the customer.
    """
    kinds, ordered = payments.kept_of(money), checkout.tendered(money)
    sold = [one for pk, moved in money.items() if pk in ordered or kinds[pk][0] == "order" for one in moved]
    if came := [fen for fen, _kept in sold if fen > 0]:
        found[SALES] = Added(count=len(came), fen=sum(came))
    for line, given in ((RETURNS, False), (ALLOWANCES, True)):
        if went := [fen for fen, kept in sold if fen < 0 and bool(kept) is given]:
            found[line] = Added(refunds=len(went), refund_fen=sum(went))


def _by_points(found: dict[str, Added], day: BusinessDay) -> None:
    start, end = window(day)
    taken = checkout.points_taken(store=day.store_id, start=start, end=end)
    mine = of_day(day, [at for at, _fen in taken])
    fen = [fen for (_at, fen), its in zip(taken, mine.tolist(), strict=True) if its]
    if fen:
        found[POINTS] = Added(count=len(fen), fen=sum(fen))
        sales = found.setdefault(SALES, Added())
        sales.fen += sum(fen)


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

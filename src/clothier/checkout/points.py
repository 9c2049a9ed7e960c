"""Points follow orders, after the commit: goods sold earn, goods that came back take theirs along."""

from clothier.checkout.events import OrderExchanged, ReturnRecorded, SaleRecorded
from clothier.checkout.rules.earning import Moved, counts, earning, exchanged
from clothier.checkout.selectors.earning import moved
from clothier.eventlog.contracts import Happening, deferred_together
from clothier.loyalty.contracts import Exchange, Reversal
from clothier.loyalty.services import earn_many, review, take_back


@deferred_together(
    "checkout.points", SaleRecorded.type, ReturnRecorded.type, OrderExchanged.type, known=True, past=False
)
def move_points(entries: list[Happening]) -> None:
    """Idempotent, and whatever is told first: a return sees to it that its sale has earned.

    Orders that an import brought earn nothing, yet they count for the tier.
    """
    orders = moved(entry.subject_id for entry in entries)
    earn_many(filter(None, map(earning, orders)))
    take_back([one for order in orders for one in _back(order)])
    review(order.customer for order in orders if order.customer)


def _back(order: Moved) -> list[Exchange | Reversal]:
    if not counts(order):
        return []
    swaps, back = exchanged(order)
    told: list[Exchange | Reversal] = []
    if swaps:
        told.append(Exchange(order.document, tuple(swaps), order.occurred_at, order.store))
    if back:
        told.append(Reversal(order.document, tuple(back), order.occurred_at, order.store))
    return told

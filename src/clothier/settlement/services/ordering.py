"""Orders against the money: whatever was paid at a till has an order that says so, to the fen."""

from clothier.checkout import selectors as checkout
from clothier.payments import selectors as payments
from clothier.settlement.contracts import ORDERS, DifferenceKind, Finding
from clothier.settlement.models import BusinessDay
from clothier.settlement.selectors.figures import window
from clothier.settlement.selectors.placing import days_of
from clothier.settlement.services.findings import keep

# What was paid before it was an order: the till's own. An order told with its payment needs no second look.
_CART = "cart"


def compare_orders(day: BusinessDay) -> None:
    """Hold the day's payments against the orders they became. Twice is once."""
    start, end = window(day)
    ids: set[int] = set()
    for block in payments.moves(start=start, end=end, store=day.store_id):
        mine = days_of(block.stores, block.moments) == day.date.toordinal()
        ids.update(block.payments[mine].tolist())
    kept, owed = payments.kept_of(ids), checkout.tendered(ids)
    findings = [
        _finding(day, pk, owed.get(pk), fen)
        for pk, (kind, fen) in sorted(kept.items())
        if (kind == _CART or pk in owed) and owed.get(pk, 0) != fen
    ]
    keep(findings, side=ORDERS, examined={f"{ORDERS}:{pk}" for pk in ids}, first=day.date, last=day.date)


def _finding(day: BusinessDay, payment: int, owed: int | None, fen: int) -> Finding:
    """`ours` is what orders say, `theirs` the money that was kept."""
    return Finding(
        key=f"{ORDERS}:{payment}",
        side=ORDERS,
        kind=DifferenceKind.MISSING_HERE if owed is None else DifferenceKind.AMOUNT,
        date=day.date,
        store=day.store_id,
        payment=payment,
        ours_fen=owed or 0,
        theirs_fen=fen,
    )

"""Orders against the money and against the points: what was paid at a till has an order that says so, to the fen, and
the points that an order took are gone from the member's ledger, to the point.
"""

from clothier.checkout import selectors as checkout
from clothier.loyalty.selectors import points_kept, worth
from clothier.payments import selectors as payments
from clothier.settlement.contracts import ORDERS, POINTS, DifferenceKind, Finding
from clothier.settlement.models import BusinessDay
from clothier.settlement.selectors.figures import window
from clothier.settlement.selectors.placing import days_of, of_day
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


def compare_points(day: BusinessDay) -> None:
    """Hold the points that the day's orders took or gave back against the ledger of points. Twice is once."""
    start, end = window(day)
    told = checkout.documents_between(store=day.store_id, start=start, end=end)
    mine = of_day(day, [at for at, _document in told]).tolist()
    documents = sorted({document for (_at, document), its in zip(told, mine, strict=True) if its})
    owed, kept = checkout.points_owed(documents), points_kept(documents)
    findings = [
        _points_off(day, document, owed.get(document), kept.get(document))
        for document in documents
        if owed.get(document, 0) != kept.get(document, 0)
    ]
    examined = {f"{POINTS}:{document}" for document in documents}
    keep(findings, side=POINTS, examined=examined, first=day.date, last=day.date)


def _points_off(day: BusinessDay, document: str, owed: int | None, kept: int | None) -> Finding:
    """`ours` is what orders say, `theirs` what the ledger took, each at what the points are worth at a till."""
    missing = DifferenceKind.MISSING_HERE if owed is None else DifferenceKind.MISSING_THERE
    return Finding(
        key=f"{POINTS}:{document}",
        side=POINTS,
        kind=missing if owed is None or kept is None else DifferenceKind.AMOUNT,
        date=day.date,
        reference=document,
        method=POINTS,
        store=day.store_id,
        ours_fen=worth(owed or 0),
        theirs_fen=worth(kept or 0),
    )


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

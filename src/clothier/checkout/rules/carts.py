"""The way of a cart: what comes next, and a price frozen and thawed again."""

from collections.abc import Collection
from typing import Any

from clothier.checkout.contracts.carts import Next
from clothier.checkout.contracts.pricing import Quote, QuotedLine, Step, Taken

# The order in which a customer is asked.
ASKED = (Next.GOODS, Next.DISCOUNTS, Next.AMOUNT)


def next_of(*, state: str, personal: bool, goods: bool, confirmed: Collection[str], missing_fen: int) -> Next:
    """One step, always: scan, three questions (of a person at the till), pay, hand over."""
    if state in ("completed", "suspended", "dropped"):
        return {"completed": Next.RECEIPT, "suspended": Next.RESUME}.get(state, Next.NONE)
    if state == "open":
        if not goods:
            return Next.SCAN
        asked = ASKED if personal else ()
        if unanswered := [what for what in asked if what.value not in confirmed]:
            return unanswered[0]
    return Next.PAY if missing_fen > 0 else Next.FINISH


def frozen(quote: Quote) -> dict[str, Any]:
    """A quote as JSON: what is completed is what was agreed, whatever the house rules say meanwhile."""
    return {
        "lines": [[line.key, line.quantity, line.list_fen, [list(one) for one in line.taken]] for line in quote.lines],
        "steps": [[s.kind, s.key, s.name, s.fen, s.why, s.short_fen, s.short_pieces] for s in quote.steps],
        "points": quote.points,
    }


def thawed(told: dict[str, Any]) -> Quote:
    """What `frozen` wrote."""
    lines = (
        QuotedLine(key, quantity, fen, tuple(Taken(*one) for one in taken))
        for key, quantity, fen, taken in told["lines"]
    )
    return Quote(tuple(lines), tuple(Step(*step) for step in told["steps"]), told["points"])

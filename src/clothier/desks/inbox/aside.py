"""The person beside the conversation: what to know before the next sentence, and what is still open between us."""

from dataclasses import dataclass
from typing import Any

from clothier.cases.selectors import Matter, open_matters
from clothier.checkout.selectors import purchases_of
from clothier.conversations.contracts import ThreadView
from clothier.customers.contracts import Card, Found
from clothier.customers.selectors import card, find, records_of
from clothier.desks.floor.selectors.pressing import matters_of
from clothier.kernel.access import Viewer
from clothier.loyalty.selectors import told
from clothier.standards.contracts import PromiseView

ORDERS = 3


@dataclass(frozen=True, slots=True)
class Aside:
    """`found`: whom a stranger might be, where somebody looks for them."""

    card: Card | None
    member: dict[str, Any]
    matters: list[PromiseView]
    cases: list[Matter]
    orders: list[Any]
    query: str
    found: list[Found]


def aside(viewer: Viewer, thread: ThreadView, *, query: str = "") -> Aside:
    """The read of a customer's card is logged."""
    known = card(viewer, thread.customer_id) if thread.customer_id else None
    if known is None:
        return Aside(None, {}, [], [], [], query, find(viewer, query, limit=5) if query else [])
    records = records_of(known.customer_id)
    return Aside(
        card=known,
        member=told(known.customer_id, records),
        matters=[one for one in matters_of(viewer, known.customer_id) if one.subject.id != thread.id],
        cases=open_matters(records),
        orders=purchases_of(viewer, customers=records, limit=ORDERS),
        query=query,
        found=[],
    )

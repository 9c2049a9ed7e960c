"""The customer card on the floor: everything worth knowing before the next word, in one tap."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from clothier.cases.selectors import Matter, open_matters
from clothier.catalog.selectors import skus
from clothier.checkout.selectors import purchases_of
from clothier.customers.contracts import Card
from clothier.customers.selectors import card, consents_of, notes, records_of
from clothier.customers.selectors.consents import ConsentLine
from clothier.desks.floor.selectors.people import Face
from clothier.desks.floor.selectors.pressing import matters_of
from clothier.kernel.access import Viewer
from clothier.loyalty.selectors import told
from clothier.staff.selectors import names_of
from clothier.standards.contracts import PromiseView
from clothier.visits.contracts import VisitView
from clothier.visits.selectors import fittings_of

TONES = {"kept": "good"}
LATEST = 4


@dataclass(frozen=True, slots=True)
class Purchased:
    at: datetime
    store: str
    total_fen: int
    currency: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Tried:
    what: str
    outcome: str
    tone: str


@dataclass(frozen=True, slots=True)
class Written:
    """A service record: its answers in the template's order."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class FullCard:
    card: Card
    face: Face
    purchases: list[Purchased]
    tried: list[Tried]
    cases: list[Matter]
    matters: list[PromiseView]
    notes: list[Written]
    consents: list[ConsentLine]
    member: dict[str, Any]


def full_card(viewer: Viewer, visit: VisitView) -> FullCard:
    """The card of a visit's customer; the read is logged. Http404 for an unknown visitor."""
    known = card(viewer, visit.customer_id) if visit.customer_id else None
    if known is None:
        raise Http404
    records = records_of(known.customer_id)
    return FullCard(
        card=known,
        face=Face.of(known),
        purchases=_purchases(viewer, records),
        tried=_tried(viewer, records),
        cases=open_matters(records),
        matters=matters_of(viewer, known.customer_id),
        notes=_notes(records),
        consents=consents_of(viewer, known.customer_id),
        member=told(known.customer_id, records),
    )


def _purchases(viewer: Viewer, records: list[int]) -> list[Purchased]:
    return [
        Purchased(
            at=order.occurred_at,
            store=str(order.store or ""),
            total_fen=order.total_fen,
            currency=order.currency,
            lines=[_line(line) for line in goods[:4]],
        )
        for order, goods in purchases_of(viewer, customers=records, limit=LATEST)
    ]


def _line(line: Any) -> str:
    return f"{line.description} × {line.quantity}" if line.quantity != 1 else line.description


def _tried(viewer: Viewer, records: list[int]) -> list[Tried]:
    items = [item for fitting in fittings_of(viewer, customers=records, limit=LATEST) for item in fitting.items]
    tried = [item for item in items if item.outcome][:8]
    found = skus(item.sku_id for item in tried)
    return [
        Tried(
            what=_piece(found.get(item.sku_id), item.sku_id),
            outcome=" · ".join(str(word) for word in (item.outcome_name, item.reason_name) if word),
            tone=TONES.get(item.outcome, ""),
        )
        for item in tried
    ]


def _notes(records: list[int]) -> list[Written]:
    told = notes(records, limit=LATEST)
    authors = names_of(one.author_id for one in told if one.author_id)
    return [
        Written(one.occurred_at, authors.get(one.author_id or 0, ""), " · ".join(one.answers.values())) for one in told
    ]


def _piece(sku: Any, sku_id: int) -> str:
    return f"{sku.style.display_name} {sku.colour} {sku.size}" if sku else f"#{sku_id}"

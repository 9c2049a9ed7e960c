"""What other packages give and get: plain values, and the registries they fill from above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from clothier.customers.rules import conditions as conditions
from clothier.customers.rules.identifiers import Kind as Kind
from clothier.customers.rules.identifiers import Malformed as Malformed
from clothier.customers.rules.identifiers import normal as normal
from clothier.eventlog.contracts import Happening
from clothier.kernel.access import Viewer

if TYPE_CHECKING:
    from clothier.kernel.columns import Cells, Ints


@dataclass(frozen=True, slots=True)
class NewIdentifier:
    """An identifier to register: what it says, and whether somebody proved it (a code by SMS, a WeChat sign-in)."""

    kind: Kind
    value: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """One row of a bulk registration. `external_id` is its number at the source; repeated it registers nobody twice."""

    name: str
    external_id: str
    identifiers: tuple[NewIdentifier, ...] = ()
    title: str = ""
    store: int | None = None
    registered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order as a profile counts it. Fen after discounts, margin in fen (0 where unknown), pieces."""

    order_id: int
    customer_id: int
    occurred_at: datetime
    spend_fen: int
    items: int
    margin_fen: int = 0
    store_id: int | None = None
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Deed:
    """A purchase, return, visit or fitting (`kind`) as a profile counts it; `ref_id` is its number, money in fen
    of `currency` (empty: the one the profile has).

    A return's `spend_fen` and `margin_fen` are negative.
    """

    kind: str
    ref_id: int
    customer_id: int
    occurred_at: datetime
    store_id: int | None = None
    items: int = 0
    spend_fen: int = 0
    margin_fen: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class NewFact:
    """One row of facts in bulk; the fields are those of `note_fact`."""

    customer_id: int
    field: str
    value: str
    qualifier: str = ""
    source: str = "store"
    source_ref: str = ""
    confidence: int = 80
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewConsent:
    """One yes of a bulk; the fields are those of `give_consent`."""

    customer_id: int
    purpose: str
    channel: str
    data_class: str
    notice_version: str
    proof: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class PastPeople:
    """Customers of a history as arrays. Nobody shares an identifier; `birthdays` are "1990-05-03", None for unknown."""

    names: Sequence[str]
    titles: Sequence[str]
    external_ids: Sequence[str]
    stores: "Ints"
    registered: "Ints"
    phones: Sequence[str]
    members: Sequence[str]
    birthdays: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class PastDeeds:
    """Encounters of one kind as arrays; `people` are places among the people they belong to, not ids."""

    kind: str
    people: "Ints"
    refs: Sequence[int]
    stores: "Ints"
    moments: "Ints"
    items: "Ints | None" = None
    spend: "Ints | None" = None
    margin: "Ints | None" = None


@dataclass(frozen=True, slots=True)
class PastFacts:
    """Facts as arrays; `people` are places, `wearers` ids or None, `confidence` 0–100."""

    people: Sequence[int]
    fields: Sequence[str]
    values: Sequence[str]
    qualifiers: Sequence[str]
    sources: Sequence[str]
    confidence: Sequence[int]
    moments: "Ints"
    wearers: Sequence[int | None] | None = None
    actors: "Cells | None" = None


@dataclass(frozen=True, slots=True)
class PastConsents:
    """Every yes of people who had never been asked before; `people` are places, none says the same twice."""

    people: "Ints"
    purposes: Sequence[str]
    channels: Sequence[str]
    data_classes: Sequence[str]
    proofs: Sequence[str]
    moments: "Ints"
    notice_version: str


@dataclass(frozen=True, slots=True)
class PastNotes:
    """Service records by one template as arrays; `people` are places, `answers` by field."""

    template: str
    people: Sequence[int]
    answers: Sequence[dict[str, str]]
    visits: Sequence[int]
    stores: "Ints"
    authors: Sequence[int | None]
    moments: "Ints"


@dataclass(frozen=True, slots=True)
class Predictions:
    """What a model expects of many people, column by column; written to their profiles."""

    customer_ids: Sequence[int]
    expected_purchases_90d: Sequence[float]
    p_alive: Sequence[float]
    lifetime_value_fen: Sequence[int]


@dataclass(frozen=True, slots=True)
class FactView:
    """One statement as a page shows it. `conflicts` when another source says otherwise.

    `qualifier` says in words what the fact is about (a category, a brand, an occasion); `qualifier_code` is as stored.
    """

    id: int
    field: str
    label: str
    qualifier: str
    wearer_id: int | None
    value: str
    source: str
    source_ref: str
    confidence: int
    times: int
    occurred_at: datetime
    expires_at: datetime | None
    conflicts: bool = False
    best: bool = True
    qualifier_code: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the floor sees of a customer. `phone` is masked; sizes and likes are the best-founded facts."""

    customer_id: int
    name: str
    title: str
    layer: str
    layer_name: str
    phone: str
    member_number: str
    orders: int
    spend_fen: int
    currency: str
    visits: int
    last_purchase_at: datetime | None
    last_visit_at: datetime | None
    registered_at: datetime
    sizes: tuple[FactView, ...] = ()
    likes: tuple[FactView, ...] = ()
    needs: tuple[FactView, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of the search."""

    customer_id: int
    name: str
    title: str
    phone: str
    member_number: str
    layer: str
    layer_name: str
    orders: int
    last_purchase_at: datetime | None
    matched: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of the profile page that an upper package fills: a template and what it shows."""

    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)


class MemberCodes:
    """Who a member code that changes belongs to: declared here, answered by the package that makes such codes."""

    def __init__(self) -> None:
        self.read: Callable[[str, datetime | None], int | None] = lambda text, at: None

    def register(self, function: "CodeReader") -> "CodeReader":
        self.read = function
        return function


CodeReader = Callable[[str, datetime | None], int | None]
member_codes = MemberCodes()

Sentence = Callable[[Happening], Any]
PanelMaker = Callable[[Viewer, Sequence[int]], Panel | None]
Exporter = Callable[[Sequence[int]], list[dict[str, Any]]]

_sentences: dict[str, Sentence] = {}
_panels: dict[str, tuple[int, PanelMaker]] = {}
_exporters: dict[str, Exporter] = {}


def timeline_sentence(type_: str) -> Callable[[Sentence], Sentence]:
    """Say an event in words on the customer's timeline. The function returns a (lazy) sentence without names."""
    return lambda function: _sentences.setdefault(type_, function)


def sentence_of(entry: Happening) -> Any:
    """The words for an event; its type where nobody has said how to put it."""
    teller = _sentences.get(entry.type)
    return teller(entry) if teller else entry.type


def panel(name: str, *, order: int = 50) -> Callable[[PanelMaker], PanelMaker]:
    """Add a section to the profile page. The function gets the viewer and all records of the person."""

    def register(function: PanelMaker) -> PanelMaker:
        _panels[name] = (order, function)
        return function

    return register


def panels(viewer: Viewer, customer_ids: Sequence[int]) -> list[Panel]:
    makers = [maker for _, maker in sorted(_panels.values(), key=lambda pair: pair[0])]
    return [made for maker in makers if (made := maker(viewer, customer_ids))]


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Add a section to a person's export: rows of plain values about the records given."""
    return lambda function: _exporters.setdefault(name, function)


def exports(customer_ids: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    return {name: function(customer_ids) for name, function in sorted(_exporters.items())}

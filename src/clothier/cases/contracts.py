"""What a case is made of, for the desks above and whoever opens one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    COMPLAINT = "complaint"
    RETURN = "return"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    CARE = "care"
    INQUIRY = "inquiry"
    LOST = "lost"


# About goods that come back to us; the house promises an answer and an end of their own.
AFTERSALES = (Kind.RETURN, Kind.EXCHANGE, Kind.REPAIR)


class Topic(StrEnum):
    PRODUCT = "product"
    SERVICE = "service"
    LOGISTICS = "logistics"
    PRICE = "price"
    ENVIRONMENT = "environment"


class Severity(StrEnum):
    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"


class State(StrEnum):
    """`solved`: done by us, not yet confirmed. A confirmed case is over for the customer, a closed one for us too."""

    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# Somebody still has something to do.
OPEN_STATES = (State.OPEN, State.WAITING, State.SOLVED, State.CONFIRMED)
# From which states each step may be taken; what is over takes no more of them.
AT_WORK = frozenset({State.OPEN, State.WAITING})
UNSETTLED = AT_WORK | {State.SOLVED}
LIVING = UNSETTLED | {State.CONFIRMED}


class Origin(StrEnum):
    """How a case reached us."""

    CHAT = "chat"
    PHONE = "phone"
    STORE = "store"
    TILL = "till"
    KIOSK = "kiosk"
    MEMBER = "member"
    EMAIL = "email"
    API = "api"


class Holder(StrEnum):
    """Who has the goods; none while no goods are concerned."""

    NONE = ""
    CUSTOMER = "customer"
    SHOP = "shop"
    VENDOR = "vendor"


class WaitingFor(StrEnum):
    """Whom we wait for. Clocks pause for the first two only, as far as the house rules allow."""

    CUSTOMER = "customer"
    VENDOR = "vendor"
    COLLEAGUE = "colleague"
    GOODS = "goods"


class Form(StrEnum):
    COUPON = "coupon"
    POINTS = "points"
    SERVICE = "service"
    MONEY = "money"


class CompensationState(StrEnum):
    """`approved`: somebody may give it, and it could not be issued yet."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    ISSUED = "issued"


class NoteKind(StrEnum):
    """Who said something on a case, and how. Only `internal` is not for the customer."""

    OPENING = "opening"
    REPLY = "reply"
    CUSTOMER = "customer"
    CALL = "call"
    SOLUTION = "solution"
    INTERNAL = "internal"


class Relation(StrEnum):
    DUPLICATE = "duplicate"
    SIBLING = "sibling"


class LineReason(StrEnum):
    UNWANTED = "unwanted"
    SIZE = "size"
    QUALITY = "quality"
    WRONG = "wrong"
    TRANSPORT = "transport"
    REPAIR = "repair"
    OTHER = "other"


class Tag(StrEnum):
    ATTACHED = "attached"
    DETACHED = "detached"
    MISSING = "missing"


class Wear(StrEnum):
    UNWORN = "unworn"
    WORN = "worn"
    WASHED = "washed"
    DAMAGED = "damaged"


class ClosedBy(StrEnum):
    """What let a case be closed: the customer's word, the documented attempts to get it, or that we were done."""

    CONFIRMED = "confirmed"
    ATTEMPTS = "attempts"
    DONE = "done"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class NewLine:
    """Pieces of an order line that a case is about, and the state they are in."""

    order_line: int
    quantity: int = 1
    reason: LineReason = LineReason.OTHER
    tag: Tag | None = None
    wear: Wear | None = None
    wanted_sku: int | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as a list shows it; `summary` is empty once its customer was erased. Times in UTC."""

    id: int
    number: str
    kind: Kind
    topic: Topic
    severity: Severity
    complex: bool
    state: State
    waiting_for: str
    holder: Holder
    store_id: int | None
    customer_id: int | None
    owner_id: int | None
    cause: str
    opened_at: datetime
    changed_at: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What was said on a case; `text` is empty once its customer was erased."""

    id: int
    kind: NoteKind
    author_id: int | None
    channel: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A keyset page of cases; `before` is what the next older page asks for, None at the end."""

    cases: Sequence[CaseView]
    before: int | None

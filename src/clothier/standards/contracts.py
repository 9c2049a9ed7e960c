"""What other packages see of the promises, and the questions that packages above answer for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from clothier.kernel.refs import Ref
from clothier.standards.rules import durations
from clothier.standards.rules.documents.bookings import Bookable as Bookable
from clothier.standards.rules.documents.bookings import Bookings as Bookings
from clothier.standards.rules.documents.bot import Bot as Bot
from clothier.standards.rules.documents.commerce import Family as Family
from clothier.standards.rules.documents.commerce import Loyalty as Loyalty
from clothier.standards.rules.documents.commerce import Tier as Tier
from clothier.standards.rules.documents.conduct import Limit as Limit
from clothier.standards.rules.documents.conduct import Notes as Notes
from clothier.standards.rules.documents.conduct import NoteTemplate as NoteTemplate
from clothier.standards.rules.documents.payments import Payments as Payments
from clothier.standards.rules.documents.payments import Risk as Risk
from clothier.standards.rules.documents.service import Budget as Budget
from clothier.standards.rules.documents.service import Service as Service

# A length of time as people write it (10s, 3min) in seconds; ValueError on anything else.
seconds_of = durations.seconds
OPEN_STATES = ("running", "paused")
STATES = (*OPEN_STATES, "kept", "broken", "cancelled", "waived")


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promise as lists and boards show it. Times in UTC, lengths in seconds of the promise's own clock.

    A broken promise whose `closed_at` is empty still waits to be made good. `provisional` verdicts may yet be changed
    by a fact that a phone said late.
    """

    id: int
    key: str
    name: str
    subject: Ref
    store_id: int | None
    customer_id: int | None
    state: str
    started_at: datetime
    due_at: datetime | None
    target_seconds: int
    elapsed_seconds: int
    owner_role: str
    owner_id: int | None
    acknowledged: bool
    closed_at: datetime | None
    provisional: bool
    cycle: int
    zone_id: int | None


class Faulty(ValueError):
    """A text is no valid document: what is wrong, and in which line (counted from 1)."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__("; ".join(f"line {line}: {what}" for line, what in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents: where (field names and rules' names), what was, what will be.

    `before` is None for something new, `after` for something gone.
    """

    path: tuple[str, ...]
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event that a promise can be made of: its type, whether some package records it yet, and its fields."""

    type: str
    live: bool
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What the promises need to know of a store: its number and the calendar it follows."""

    id: int
    calendar: str


RoleResolver = Callable[[str, int | None, int | None, datetime], list[int]]
StoreDirectory = Callable[[Iterable[int] | None], list[StoreFacts]]
CustomerTiers = Callable[[Iterable[int]], dict[int, str]]

T = TypeVar("T", bound=Callable[..., object])


class Registry(Generic[T]):
    """A question declared here and answered by a package above, which registers its function when it loads."""

    def __init__(self, unanswered: T) -> None:
        self._answer = unanswered

    def register(self, function: T) -> T:
        self._answer = function
        return function

    @property
    def ask(self) -> T:
        return self._answer


def _nobody(role: str, store: int | None, zone: int | None, at: datetime) -> list[int]:
    return []


def _unknown_stores(stores: Iterable[int] | None) -> list[StoreFacts]:
    return []


def _no_tiers(customers: Iterable[int]) -> dict[int, str]:
    return {}


# (role, store, zone, at) → employee ids, most likely first; filled by staff from the roster and the organisation.
role_resolver: Registry[RoleResolver] = Registry(_nobody)
# Store ids (None: every open store) → facts; filled by places.
store_directory: Registry[StoreDirectory] = Registry(_unknown_stores)
# Customer ids → tier codes of those who have one; filled by loyalty.
customer_tiers: Registry[CustomerTiers] = Registry(_no_tiers)

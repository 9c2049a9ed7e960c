"""What other packages give and get: free times, appointments and activities as pages show them, and who carries a
notice to a customer. Plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.contracts import Bookable as Bookable
from clothier.standards.contracts import Registry


@dataclass(frozen=True, slots=True)
class Resource:
    """What a booking takes: a person, a fitting room or a desk; `name` is a colleague's or what the door says."""

    kind: str
    number: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked now, and who or what is free for it, the least busy first."""

    service: str
    start: datetime
    end: datetime
    free: tuple[Resource, ...]


class SlotTaken(Refused):
    """The time is gone, or never was there; `offers` are the next ones that are free."""

    def __init__(self, message: str, offers: Sequence[Slot]) -> None:
        super().__init__(message, field="start")
        self.offers = tuple(offers)


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop of a route: the zone in the reader's language, and the brand to look for."""

    zone_id: int
    zone: str
    brand: str


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment as pages show it. `staffed` is False when whom it needs is no longer on shift then."""

    id: int
    store_id: int
    customer_id: int
    service: str
    service_name: str
    start: datetime
    end: datetime
    purpose: str
    employee_id: int | None
    employee: str
    place: str
    state: str
    state_name: str
    reason_name: str
    stops: tuple[StopView, ...] = ()
    staffed: bool = True
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity as lists show it. `left` is None where nobody signs up."""

    id: int
    store_id: int | None
    kind: str
    kind_name: str
    title: str
    about: str
    place: str
    host: str
    start: datetime
    end: datetime
    capacity: int | None
    taken: int
    waiting: int
    attended: int
    cancelled: bool

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class SignUpView:
    """A customer's place at an activity. `rank` is the place among those who wait, from 1; 0 with a seat."""

    id: int
    activity_id: int
    customer_id: int
    seats: int
    state: str
    state_name: str
    rank: int
    signed_at: datetime
    attended_at: datetime | None
    moved_up: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A fitting room of a store by its number on the door."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a customer should hear: `kind` is reminder, moved, cancelled, moved_up or activity_cancelled.

    `text` is in Chinese and `text_en` in English, without names; `employee` is who knows the customer best for it.
    """

    kind: str
    subject: Ref
    customer: int
    store: int
    text: str
    text_en: str
    due_at: datetime
    employee: int | None = None


RoomsOf = Callable[[int], list[Room]]
Carrier = Callable[[Notice], bool]


def _no_rooms(store: int) -> list[Room]:
    return []


# The fitting rooms of a store, by number; filled by visits.
rooms_of: Registry[RoomsOf] = Registry(_no_rooms)
_carriers: dict[str, tuple[int, Carrier]] = {}


def carrier(name: str, *, order: int = 50) -> Callable[[Carrier], Carrier]:
    """Register a way to tell customers something. It returns whether it took the notice; the first that does, has it.

    Called inside the verb's transaction and idempotent by the notice's kind and subject: what leaves the house waits
    for the commit.
    """

    def register(function: Carrier) -> Carrier:
        _carriers[name] = (order, function)
        return function

    return register


def carry(notice: Notice) -> str:
    """Hand a notice to the first carrier that takes it: its name, "" when none does."""
    ways = sorted(_carriers.items(), key=lambda item: item[1][0])
    return next((name for name, (_order, take) in ways if take(notice)), "")


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """An appointment as it was, or is to be: `state` booked, arrived, missed or cancelled; `takes`: what it holds."""

    store: int
    customer: int
    service: str
    start: datetime
    minutes: int
    state: str
    booked_at: datetime
    purpose: str = ""
    employee: int | None = None
    place: str = ""
    takes: Resource | None = None
    buffer_minutes: int = 0


@dataclass(frozen=True, slots=True)
class PastActivity:
    """An activity with who signed up, in order: (customer, seats), and whether those with a seat came."""

    store: int
    kind: str
    title: str
    title_en: str
    about: str
    about_en: str
    place: str
    start: datetime
    end: datetime
    capacity: int
    host: int | None
    announced_at: datetime
    sign_ups: tuple[tuple[int, int], ...] = ()
    came: tuple[bool, ...] = ()

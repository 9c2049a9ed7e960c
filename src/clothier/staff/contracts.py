"""What other packages hand to the staff's verbs. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EmployeeFacts:
    """A person as the payroll describes them. `role` is a kernel.access.Role of staff; stores and regions by id.

    With a `username` a sign-in is made; without a password (or the hash of one, for accounts
    that move in with theirs) it cannot be used until one is set.
    """

    number: str
    name: str
    role: str
    home_store: int | None = None
    username: str = ""
    password: str = ""
    password_hash: str = ""
    skills: tuple[str, ...] = ()
    hired_on: date | None = None
    stores: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftPlan:
    """A stretch of work: aware times; `post` is one of Shift.Post."""

    employee_id: int
    store_id: int
    post: str
    starts_at: datetime
    ends_at: datetime
    zone_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """A change just made: of which shift, and its number in the log, by which it is undone."""

    shift: int
    change: int


@dataclass(frozen=True, slots=True)
class WeekCopied:
    """How many shifts a copy added, and the number of the change in the log, by which it is undone."""

    shifts: int
    change: int


@dataclass(frozen=True, slots=True)
class CopyUndone:
    """How many copied shifts were taken off the week of `monday` again."""

    shifts: int
    monday: date


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One shift as pages show it. The names are as stored; `zone_en` and `store_en` may be empty."""

    id: int
    plan: ShiftPlan
    name: str
    store: str
    store_en: str
    address: str
    time_zone: str
    zone: str
    zone_en: str


@dataclass(frozen=True, slots=True)
class OnShift:
    """Somebody at work: one row for each shift, so a person with two posts at once comes twice."""

    employee_id: int
    name: str
    post: str
    starts_at: datetime
    ends_at: datetime
    skills: list[str]
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a roster may list. `skills` are codes of the house or a store's own words; `resettable`: whoever asked
    may give them a one-time password.
    """

    id: int
    number: str
    name: str
    role: str
    skills: tuple[str, ...]
    here: bool
    resettable: bool = False


@dataclass(frozen=True, slots=True)
class Uncopied:
    """A shift of last week that stays out of this one; `why` is a sentence, empty when it is there already."""

    shift: ShiftPlan
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """What copying last week's roster would do: the shifts it would add, and those it would not."""

    new: tuple[ShiftPlan, ...]
    names: dict[int, str]
    left_out: tuple[Uncopied, ...]

    @property
    def there_already(self) -> int:
        return sum(not one.why for one in self.left_out)

    @property
    def refused(self) -> tuple[Uncopied, ...]:
        return tuple(one for one in self.left_out if one.why)


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in and whose it is, as `clothier user list` prints it."""

    username: str
    name: str
    number: str
    role: str
    active: bool
    last_login: datetime | None

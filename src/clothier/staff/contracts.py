"""What other packages hand to the staff's verbs. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EmployeeFacts:
    """A person as the payroll describes them. `role` is a kernel.access.Role of staff; stores and regions by id.

    With a `username` a sign-in is made; without a password it cannot be used until one is set.
    """

    number: str
    name: str
    role: str
    home_store: int | None = None
    username: str = ""
    password: str = ""
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
class Account:
    """A sign-in and whose it is, as `clothier user list` prints it."""

    username: str
    name: str
    number: str
    role: str
    active: bool
    last_login: datetime | None

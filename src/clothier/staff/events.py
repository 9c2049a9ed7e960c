"""What happens to people who work here: who came, changed, left, may sign in, and when they work."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from clothier.eventlog.contracts import Event


class EmployeeJoined(Event):
    type = "employee.joined"
    employee_id: int
    role: str


class EmployeeChanged(Event):
    """Role, store, scope or skills changed."""

    type = "employee.changed"
    employee_id: int
    role: str


class EmployeeLeft(Event):
    type = "employee.left"
    employee_id: int


class RosterPlanned(Event):
    """Shifts were added to a store's roster."""

    type = "roster.planned"
    store_id: int
    shifts: int


class Stint(BaseModel):
    """A shift as an event tells it; the store is the entry's. Times are aware."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    employee_id: int
    post: str
    starts_at: datetime
    ends_at: datetime
    zone_id: int | None = None


class ShiftPlanned(Event):
    """Somebody put one shift on the roster by hand. Subject: shift."""

    type = "shift.planned"
    shift: Stint


class ShiftMoved(Event):
    """A shift changed its time, post, zone or person. Subject: shift."""

    type = "shift.moved"
    before: Stint
    after: Stint


class ShiftCancelled(Event):
    """A shift was taken off the roster; all it said is here. Subject: shift."""

    type = "shift.cancelled"
    shift: Stint


class RosterCopied(Event):
    """A week's roster was copied to the week that starts on `monday`. Subject: store."""

    type = "roster.copied"
    monday: date
    shift_ids: tuple[int, ...]


class RosterCopyUndone(Event):
    """The copied shifts nobody had touched since were taken off again. Subject: store."""

    type = "roster.copy_undone"
    monday: date
    shift_ids: tuple[int, ...]


class AccountCreated(Event):
    type = "account.created"
    user_id: int


class PasswordSet(Event):
    """Somebody in charge set a password for an account; people changing their own is allauth's."""

    type = "account.password_set"
    user_id: int
    one_time: bool = False


class SecondFactorsForgotten(Event):
    """Head office let somebody back in who had lost the phone or key."""

    type = "account.second_factors_forgotten"
    user_id: int


class AccountDeactivated(Event):
    type = "account.deactivated"
    user_id: int


class AccountReactivated(Event):
    type = "account.reactivated"
    user_id: int

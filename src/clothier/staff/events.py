"""What happens to people who work here: who came, changed, left, may sign in, and when they work."""

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


class AccountCreated(Event):
    type = "account.created"
    user_id: int


class PasswordSet(Event):
    """Somebody in charge set a password for an account; people changing their own is allauth's."""

    type = "account.password_set"
    user_id: int


class AccountDeactivated(Event):
    type = "account.deactivated"
    user_id: int


class AccountReactivated(Event):
    type = "account.reactivated"
    user_id: int

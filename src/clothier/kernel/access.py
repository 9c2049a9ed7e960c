"""Who is looking: every selector takes a Viewer, so a forgotten check cannot be written."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    CUSTOMER = "customer"
    ASSOCIATE = "associate"
    AGENT = "agent"
    MANAGER = "manager"
    MALL = "mall"
    OPERATOR = "operator"
    ADMIN = "admin"


STAFF = frozenset(Role) - {Role.CUSTOMER}
HEAD_OFFICE = frozenset({Role.OPERATOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody with a role in some stores. `stores` is None for the whole chain; empty sees no store at all.

    `user` is the sign-in; `employee` the person on the roster (None for machines and customers); `name` is for
    greeting the person and stays out of comparisons and logs.
    """

    user: int | None
    employee: int | None
    role: Role
    stores: frozenset[int] | None = frozenset()
    name: str = field(default="", compare=False, repr=False)

    def sees(self, store: int | None) -> bool:
        return self.stores is None or (store is not None and store in self.stores)

    def may(self, *roles: Role) -> bool:
        return self.role in roles or self.role is Role.ADMIN


SYSTEM = Viewer(user=None, employee=None, role=Role.ADMIN, stores=None)


class Denied(PermissionError):
    """The viewer may not do this; shown as 403 with the reason."""

"""Who may do what in the back office, and whose password somebody may reset. Plain Python."""

from datetime import timedelta

from clothier.kernel.access import HEAD_OFFICE, Role

# Sign-ins decide who sees what, so only administrators touch them; nobody deletes what others refer to by accident.
_ADMIN_ONLY = frozenset({"add_user", "change_user", "delete_user"})

# How long a one-time password waits for its owner.
ONE_TIME = timedelta(hours=24)
_OF_A_MANAGER = frozenset({Role.ASSOCIATE, Role.AGENT})


def may_reset(role: Role, whose: Role) -> bool:
    """Whether a role may give somebody of another role a one-time password: managers their team, administrators all."""
    return role is Role.ADMIN or (role is Role.MANAGER and whose in _OF_A_MANAGER)


def office_allows(role: Role, permission: str) -> bool:
    """Whether a role has a Django permission such as "catalog.change_style" in the back office."""
    if role not in HEAD_OFFICE:
        return False
    action = permission.partition(".")[2]
    return role is Role.ADMIN or not (action in _ADMIN_ONLY or action.startswith("delete_"))

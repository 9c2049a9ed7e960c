"""Who may do what in the back office. Plain Python."""

from clothier.kernel.access import HEAD_OFFICE, Role

# Sign-ins decide who sees what, so only administrators touch them; nobody deletes what others refer to by accident.
_ADMIN_ONLY = frozenset({"add_user", "change_user", "delete_user"})


def office_allows(role: Role, permission: str) -> bool:
    """Whether a role has a Django permission such as "catalog.change_style" in the back office."""
    if role not in HEAD_OFFICE:
        return False
    action = permission.partition(".")[2]
    return role is Role.ADMIN or not (action in _ADMIN_ONLY or action.startswith("delete_"))

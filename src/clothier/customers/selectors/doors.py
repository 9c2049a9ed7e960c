"""Who may see customers at all, and what of them: docs/adr/0005-who-sees-a-customer.md says why."""

from django.utils.translation import gettext as _

from clothier.kernel.access import Denied, Role, Viewer

READERS = frozenset({Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.OPERATOR, Role.ADMIN})
UNMASKERS = frozenset({Role.AGENT, Role.MANAGER, Role.OPERATOR, Role.ADMIN})
KEEPERS = frozenset({Role.MANAGER, Role.OPERATOR, Role.ADMIN})
HEAD = frozenset({Role.OPERATOR, Role.ADMIN})


def require(viewer: Viewer, roles: frozenset[Role]) -> None:
    """Raises Denied unless the viewer's role is among them."""
    if viewer.role not in roles:
        raise Denied(_("您的角色不能查看或处理这些顾客资料。"))


def may_unmask(viewer: Viewer) -> bool:
    return viewer.role in UNMASKERS


def may_keep(viewer: Viewer) -> bool:
    """Merge, review, erase: what a manager or head office answers for."""
    return viewer.role in KEEPERS

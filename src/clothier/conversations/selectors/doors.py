"""Who may see conversations: agents, managers and head office, those of their stores; and whom one was given."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clothier.conversations.models import Thread
from clothier.kernel.access import Denied, Role, Viewer

READERS = frozenset({Role.AGENT, Role.MANAGER, Role.OPERATOR, Role.ADMIN})


def require(viewer: Viewer) -> None:
    """Raises Denied unless the viewer's role reads conversations."""
    if viewer.role not in READERS:
        raise Denied(_("您的角色不能查看顾客会话。"))


def visible(viewer: Viewer) -> QuerySet[Thread]:
    """The conversations a viewer may open, without those joined to another. Raises Denied for other roles."""
    require(viewer)
    rows = Thread.objects.filter(joined_to=None)
    if viewer.stores is None:
        return rows
    # Nobody in person has none of their own: no employee would mean those that nobody has.
    own = Q() if viewer.employee is None else Q(employee=viewer.employee)
    return rows.filter(Q(store__in=viewer.stores) | own)


def sees(viewer: Viewer, thread: Thread) -> bool:
    return viewer.sees(thread.store_id) or (viewer.employee is not None and thread.employee_id == viewer.employee)

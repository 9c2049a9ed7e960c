"""Who may see conversations: agents, managers and head office, those of their stores; and whom one was given."""

from typing import TypedDict

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
    return seen_from(**eyes(viewer))


class Eyes(TypedDict):
    """What a question about the viewer's conversations takes: every store, or these and what they were given."""

    stores: list[int] | None
    employee: int | None


def eyes(viewer: Viewer) -> Eyes:
    """Raises Denied for roles that read no conversations."""
    require(viewer)
    if viewer.stores is None:
        return Eyes(stores=None, employee=None)
    # No store has the number 0: who has none still has what they were given.
    return Eyes(stores=sorted(viewer.stores) or [0], employee=viewer.employee)


def seen_from(stores: list[int] | None, employee: int | None) -> QuerySet[Thread]:
    """`visible` for prepared questions."""
    rows = Thread.objects.filter(joined_to=None)
    if stores is None:
        return rows
    # Nobody in person has none of their own: no employee would mean those that nobody has.
    own = Q() if employee is None else Q(employee=employee)
    return rows.filter(Q(store__in=stores) | own)


def sees(viewer: Viewer, *, store: int | None, employee: int | None) -> bool:
    """Whether a conversation of this store that this employee has is one of the viewer's."""
    return viewer.sees(store) or (viewer.employee is not None and employee == viewer.employee)

"""Who answers customers, who watches over those who do, and which conversation somebody may open."""

from django.http import Http404
from django.utils.translation import gettext as _

from clothier.conversations.contracts import ThreadView
from clothier.conversations.selectors import thread_for
from clothier.kernel.access import HEAD_OFFICE, Denied, Role, Viewer
from clothier.kernel.errors import Refused
from clothier.staff.selectors import has_skill

INBOX = (Role.AGENT, Role.MANAGER, Role.OPERATOR)


def thread_of(viewer: Viewer, thread: int) -> ThreadView:
    """Raises Http404 for what is none of the viewer's."""
    found = thread_for(viewer, thread)
    if found is None:
        raise Http404
    return found


def me(viewer: Viewer) -> int:
    """The employee who speaks. Raises Refused for an account that is nobody's."""
    if viewer.employee is None:
        raise Refused(_("这个账号没有关联员工，不能接待顾客"))
    return viewer.employee


def supervises(viewer: Viewer) -> bool:
    """Managers and head office, and an agent whose skills say so."""
    if viewer.role in HEAD_OFFICE or viewer.role is Role.MANAGER:
        return True
    return viewer.employee is not None and has_skill(viewer.employee, "supervisor")


def require_supervisor(viewer: Viewer) -> None:
    if not supervises(viewer):
        raise Denied(_("这是督导的页面。"))

"""Going home, or away for a while: what somebody has goes to somebody else, and the queue gives them nothing more."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clothier.conversations import services
from clothier.conversations.contracts import Box
from clothier.conversations.selectors import Load, held_by, loads_for
from clothier.desks.inbox import talks
from clothier.desks.inbox.doors import INBOX, me, require_supervisor
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Viewer
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import employees_for, names_of


@signed_in(*INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: ViewerRequest) -> HttpResponse:
    """All of one's own conversations; a supervisor hands over anybody's (`of`)."""
    asked = request.POST if request.method == "POST" else request.GET
    who = _who(request.viewer, number(asked.get("of", "")))
    colleagues = [one for one in _at_desk(request.viewer, who) if one.employee_id != who]
    if request.method == "POST":
        return _handed(request, who, {one.employee_id for one in colleagues})
    held = held_by(request.viewer, who)
    context = {
        "who": who,
        "name": names_of([who]).get(who, ""),
        "mine": who == request.viewer.employee,
        "talks": talks.lines(request.viewer, held, Box.MINE),
        "colleagues": sorted(colleagues, key=lambda one: (one.away_since is not None, one.held)),
    }
    return render(request, "inbox/leaving.html", context)


@signed_in(*INBOX)
@require_POST
def away(request: ViewerRequest) -> HttpResponse:
    """The queue gives me nothing for a while; or with `back`, again."""
    verb = services.come_back if request.POST.get("back") else services.step_away
    verb(employee=me(request.viewer))
    toast(request, _("队列会再分给您") if request.POST.get("back") else _("暂离中，队列不再分给您"))
    return back(request, reverse("inbox:home"))


def _who(viewer: Viewer, of: int | None) -> int:
    """Raises Denied for somebody else's where one does not supervise."""
    mine = me(viewer)
    if of is None or of == mine:
        return mine
    require_supervisor(viewer)
    return of


def _at_desk(viewer: Viewer, who: int) -> list[Load]:
    """The agents on shift in the store of whoever leaves. Raises Http404 for somebody of another store."""
    home = employees_for(viewer).filter(pk=who).values_list("home_store", flat=True).first()
    if home is None and who != viewer.employee:
        raise Http404
    return loads_for(viewer, store=home) if home else []


def _handed(request: ViewerRequest, who: int, colleagues: set[int]) -> HttpResponse:
    to, actor = number(request.POST.get("to", "")), me(request.viewer)
    note = request.POST.get("note", "")[:500]
    n = services.leave_desk(employee=who, to=to if to in colleagues else None, note=note, actor=actor)
    toast(request, _("交接了 %(n)s 个会话") % {"n": n})
    return back(request, reverse("inbox:home"))

"""Taking, passing on, putting off, closing; each with its way back."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.conversations import services
from clothier.conversations.contracts import State
from clothier.desks.inbox.doors import INBOX, me, supervises, thread_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.toasts import toast
from clothier.desks.shell.words import moment
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@signed_in(*INBOX)
@require_POST
def assignment(request: ViewerRequest, thread: int) -> HttpResponse:
    """I take it."""
    seen, actor = thread_of(request.viewer, thread), me(request.viewer)
    services.assign(thread=seen.id, employee=actor, actor=actor)
    toast(request, _("您接待了这个会话"), undo=reverse("inbox:release", args=[seen.id]))
    return _shown(request, seen.id)


@signed_in(*INBOX)
@require_POST
def release(request: ViewerRequest, thread: int) -> HttpResponse:
    """Back into the queue."""
    seen = thread_of(request.viewer, thread)
    services.transfer(thread=seen.id, employee=None, actor=me(request.viewer))
    toast(request, _("已放回队列"))
    return _shown(request, seen.id)


@signed_in(*INBOX)
@require_POST
def transfer(request: ViewerRequest, thread: int) -> HttpResponse:
    """To a colleague, with a word if one is written. Whoever supervises may pass on what others hold."""
    seen, actor, to = thread_of(request.viewer, thread), me(request.viewer), number(request.POST.get("to", ""))
    if seen.state is State.HELD and seen.employee_id != actor and not supervises(request.viewer):
        raise Refused(_("这个会话由%(name)s接待，请他转交") % {"name": seen.employee})
    if note := request.POST.get("note", "").strip():
        services.reply(thread=seen.id, text=note, actor=actor, internal=True)
    if seen.state is State.HELD:
        services.transfer(thread=seen.id, employee=to, actor=actor)
    elif to is not None:
        services.assign(thread=seen.id, employee=to, actor=actor, how="transfer")
    toast(request, _("已转交"))
    return back(request, reverse("inbox:home"))


@signed_in(*INBOX)
@require_POST
def snooze(request: ViewerRequest, thread: int) -> HttpResponse:
    seen, until = thread_of(request.viewer, thread), _moment(request.POST.get("until", ""))
    services.snooze(thread=seen.id, until=until, actor=me(request.viewer))
    toast(request, _("%(at)s 回到您这里") % {"at": moment(until)}, undo=reverse("inbox:waking", args=[seen.id]))
    return back(request, reverse("inbox:home"))


@signed_in(*INBOX)
@require_POST
def waking(request: ViewerRequest, thread: int) -> HttpResponse:
    seen = thread_of(request.viewer, thread)
    services.wake(thread=seen.id, actor=me(request.viewer))
    return _shown(request, seen.id)


@signed_in(*INBOX)
@require_POST
def closure(request: ViewerRequest, thread: int) -> HttpResponse:
    seen = thread_of(request.viewer, thread)
    services.close(thread=seen.id, actor=me(request.viewer))
    toast(request, _("会话已结束"), undo=reverse("inbox:reopening", args=[seen.id]))
    return back(request, reverse("inbox:home"))


@signed_in(*INBOX)
@require_POST
def reopening(request: ViewerRequest, thread: int) -> HttpResponse:
    """Open again, in the hands of who asked for it."""
    seen, actor = thread_of(request.viewer, thread), me(request.viewer)
    if seen.state is State.CLOSED:
        services.assign(thread=seen.id, employee=actor, actor=actor)
        toast(request, _("会话重新打开了"))
    return _shown(request, seen.id)


@signed_in(*INBOX)
@require_POST
def tags(request: ViewerRequest, thread: int) -> HttpResponse:
    """A word on the conversation; or with `off`, one less."""
    seen = thread_of(request.viewer, thread)
    verb = services.untag if request.GET.get("off") else services.tag
    verb(thread=seen.id, word=request.GET.get("off") or request.POST.get("word", ""), actor=me(request.viewer))
    return _shown(request, seen.id)


@signed_in(*INBOX)
@require_POST
def person(request: ViewerRequest, thread: int) -> HttpResponse:
    """The stranger is somebody we know."""
    seen, customer = thread_of(request.viewer, thread), number(request.POST.get("customer", ""))
    if customer is None:
        raise Refused(_("请选择一位顾客"), field="customer")
    found = services.identify(thread=seen.id, customer=customer, actor=me(request.viewer))
    toast(request, _("已关联到这位顾客"))
    return _shown(request, found.pk)


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refused(_("请选一个时间"), field="until")
    return at


def _shown(request: ViewerRequest, thread: int) -> HttpResponse:
    return back(request, reverse("inbox:thread", args=[thread]))

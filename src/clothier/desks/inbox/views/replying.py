"""Answering: words, files, notes among colleagues, and what could not be delivered once more."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.conversations import services
from clothier.conversations.selectors import messages
from clothier.desks.inbox.doors import INBOX, me, thread_of
from clothier.desks.inbox.drafting import refused
from clothier.desks.inbox.views.threads import shown
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.attachments import posted
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@signed_in(*INBOX)
@require_POST
def reply(request: ViewerRequest, thread: int) -> HttpResponse:
    """Refused with the draft still in its field: for what is never said, and where a colleague was quicker.

    What waited in a phone's outbox has no field to go back to, and is told to the outbox.
    """
    seen, told, internal = thread_of(request.viewer, thread), fact(request), request.POST.get("kind") == "note"
    try:
        sent = services.reply(
            thread=seen.id,
            text=request.POST.get("text", ""),
            actor=told["actor"],
            key=told["key"],
            internal=internal,
            attachments=posted(request),
            insist=request.POST.get("reason", ""),
            seen=number(request.POST.get("seen", "")),
            mentions=[pk for pk in map(number, request.POST.getlist("mention")) if pk] if internal else (),
        )
    except Refused as refusal:
        if "X-Outbox" in request.headers:
            raise
        return shown(request, thread_of(request.viewer, thread), refused(request, refusal), status=422)
    if internal:
        toast(request, _("备注写好了"), undo=reverse("inbox:withdrawal", args=[seen.id, sent.pk]))
    return back_to(seen.id)


@signed_in(*INBOX)
@require_POST
def withdrawal(request: ViewerRequest, thread: int, message: int) -> HttpResponse:
    """One's own note, while it is fresh."""
    seen = thread_of(request.viewer, thread)
    services.withdraw_note(message=message, actor=me(request.viewer))
    toast(request, _("备注已撤回"))
    return back_to(seen.id)


@signed_in(*INBOX)
@require_POST
def sending(request: ViewerRequest, thread: int, message: int) -> HttpResponse:
    """A message that could not be delivered is tried once more."""
    seen = thread_of(request.viewer, thread)
    last = messages(seen.id, before=message + 1, limit=1)
    if not last or last[0].id != message:
        raise Http404
    if services.resend(message=message):
        toast(request, _("马上再发一次"))
    return back_to(seen.id)


@signed_in(*INBOX)
@require_POST
def mark(request: ViewerRequest, thread: int, message: int) -> HttpResponse:
    """The bot's answer was wrong: it is not given again, and the editors see it."""
    seen = thread_of(request.viewer, thread)
    services.mark_wrong(thread=seen.id, message=message, actor=me(request.viewer))
    toast(request, _("已交给知识库编辑"))
    return back_to(seen.id)


def back_to(thread: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("inbox:thread", args=[thread]), status=303)

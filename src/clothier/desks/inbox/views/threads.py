"""The list, one conversation and the customer beside it; whatever part the page asks for alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clothier.conversations import services
from clothier.conversations.contracts import Box, ThreadView
from clothier.conversations.selectors import away_since
from clothier.desks.inbox import talks
from clothier.desks.inbox.advising import is_complaint, steps_of
from clothier.desks.inbox.aside import aside
from clothier.desks.inbox.colleagues import colleagues_of, snoozes
from clothier.desks.inbox.doors import INBOX, supervises, thread_of
from clothier.desks.inbox.drafting import Draft
from clothier.desks.inbox.presence import others
from clothier.desks.inbox.reading import Opened, opened
from clothier.desks.shell.access import signed_in
from clothier.eventlog.selectors import last_of
from clothier.kernel.refs import Ref, number
from clothier.staff.middleware import ViewerRequest

# Parts that a page asks for, by the id of what asks: the list and the messages follow the live feed.
LIST, MESSAGES, COMPOSERS = "talks", "messages", frozenset({"composer", "drafting"})
EMPTY = {
    Box.MINE: (_("没有人等您"), _("新的会话会自己出现；也可以去“待分配”接一个。")),
    Box.WAITING: (_("没有人排队"), _("顾客要找人工时，会出现在这里。")),
    Box.ANSWERED: (_("没有在等顾客"), _("您回复过、该顾客说话的会话在这里。")),
    Box.TEAM: (_("大家都空着"), ""),
    Box.MENTIONS: (_("没有人找您"), _("同事在内部备注里提到您，会话会出现在这里。")),
    Box.SNOOZED: (_("没有推迟的会话"), _("选“稍后再处理”的会话在这里等时间到。")),
    Box.FAILED: (_("都送到了"), _("没能送到顾客那里的回复会出现在这里，可以重新发送。")),
}


@signed_in(*INBOX)
@require_safe
def home(request: ViewerRequest) -> HttpResponse:
    template = "inbox/_list.html" if _asker(request) == LIST else "inbox/inbox.html"
    return render(request, template, {"pane": "list", "opened": None, "away": _away(request), **_list(request, None)})


@signed_in(*INBOX)
@require_safe
def thread(request: ViewerRequest, thread: int) -> HttpResponse:
    seen = thread_of(request.viewer, thread)
    if _asker(request) == LIST:
        return render(request, "inbox/_list.html", {"opened": seen, **_list(request, seen.id)})
    if _asker(request) == MESSAGES:
        told = _opened(request, seen)
        return render(request, "inbox/_asked.html", {"opened": told})
    return shown(request, seen, Draft())


def shown(request: ViewerRequest, seen: ThreadView, draft: Draft, *, status: int = 200) -> HttpResponse:
    """The conversation's page, perhaps with a draft that was refused."""
    # Read first: what is recorded while the messages are read is news to the page.
    upto = last_of(Ref("chat", seen.id)) if _asker(request) in COMPOSERS else None
    told = _opened(request, seen)
    complaint = is_complaint(seen)
    context: dict[str, Any] = {"opened": told, "draft": draft, "steps": steps_of(draft.text, complaint=complaint)}
    context["upto"] = upto
    context |= {"complaint": complaint, "colleagues": colleagues_of(request.viewer, seen)}
    if _asker(request) in COMPOSERS:
        return render(request, "inbox/_answered.html", context, status=status)
    pane = request.GET.get("pane")
    context |= {
        "pane": "card" if pane == "card" else "thread",
        "others": others(told.id, me=request.viewer.employee or -1),
        "snoozes": snoozes(),
        "away": _away(request),
        "aside": aside(request.viewer, seen, query=request.GET.get("who", "").strip()[:60]),
        **_list(request, seen.id),
    }
    return render(request, "inbox/inbox.html", context, status=status)


def _away(request: ViewerRequest) -> bool:
    return request.viewer.employee is not None and away_since(request.viewer.employee) is not None


def _opened(request: ViewerRequest, seen: ThreadView) -> Opened:
    """Whoever looks at it has read it."""
    told = opened(request.viewer, seen, before=number(request.GET.get("before", "")))
    if request.viewer.employee is not None and seen.unread and told.bubbles:
        services.read(thread=told.id, employee=request.viewer.employee, upto=told.last)
    return told


def _list(request: ViewerRequest, seen: int | None) -> dict[str, Any]:
    box, query = talks.box_of(request.GET.get("box")), request.GET.get("q", "").strip()[:60]
    # Beside a conversation `before` speaks of its messages.
    before = "" if seen else request.GET.get("before", "")
    listed = talks.listed(request.viewer, box=box, query=query, before=before, opened=seen)
    title, text = EMPTY.get(box, (_("这里是空的"), ""))
    return {
        "boxes": talks.drawers(request.viewer, None if query else box),
        "talks": listed.talks,
        "next": listed.next,
        "trigger": listed.trigger,
        "query": query,
        "supervises": supervises(request.viewer),
        "empty_title": title,
        "empty_text": text,
        "back": talks.address(box, query),
    }


def _asker(request: HttpRequest) -> str:
    return request.headers.get("HX-Trigger", "") if request.headers.get("HX-Request") else ""

"""The service card: its customer follows a matter by a signed link, adds to it, and says whether it is settled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.cases import services
from clothier.cases.contracts import AFTERSALES, CompensationState, Holder, Kind, NoteKind, State
from clothier.cases.selectors import CaseFile, card_of, words
from clothier.catalog.selectors import skus
from clothier.checkout.selectors import order_lines
from clothier.desks.member.doors import form_key, private
from clothier.desks.shell.limits import address, spare
from clothier.desks.shell.photos import keep, served
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import document, promises_for

A_MINUTE = 12
_OVER = (State.CLOSED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    state: str


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    return _shown(request, token, _file(token))


@require_POST
def words_of(request: HttpRequest, token: str) -> HttpResponse:
    """A word of the customer's; whatever we waited for, we are asked now."""
    text = request.POST.get("text", "")
    return _said(request, token, lambda case: services.customer_wrote(
        case=case, text=text, channel="card", key=_key(request, case)), _("收到了，我们会尽快回您"))  # fmt: skip


@require_POST
def photos(request: HttpRequest, token: str) -> HttpResponse:
    files = request.FILES.getlist("photos")
    return _said(request, token, lambda case: keep(
        case, files, actor=None, key=_key(request, case)), _("照片收到了"))  # fmt: skip


@require_safe
def photo(request: HttpRequest, token: str, photo: int) -> HttpResponse:
    return served(_file(token).case, photo)


@require_POST
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    return _said(request, token, lambda case: services.confirm_result(
        case=case, actor=None, key=_key(request, case)), _("谢谢您的确认"))  # fmt: skip


@require_POST
def reopening(request: HttpRequest, token: str) -> HttpResponse:
    """It is not settled, in the customer's words."""
    text = request.POST.get("text", "")
    return _said(request, token, lambda case: services.reopen(
        case=case, reason=text, actor=None, key=_key(request, case)), _("已重新打开，我们马上跟进"))  # fmt: skip


@require_POST
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """Once; a second mark changes nothing."""
    score, text = number(request.POST.get("score", "")) or 0, request.POST.get("text", "")
    return _said(request, token, lambda case: services.rate(
        case=case, score=score, text=text, key=_key(request, case)), _("谢谢您的评价"))  # fmt: skip


def _file(token: str) -> CaseFile:
    file = card_of(token)
    if file is None:
        raise Http404
    return file


def _key(request: HttpRequest, case: int) -> str | None:
    return form_key(request, f"card:{case}")


def _said(request: HttpRequest, token: str, verb: Callable[[int], Any], done: str) -> HttpResponse:
    file = _file(token)
    try:
        spare("card", address(request), a_minute=A_MINUTE)
        verb(file.case.pk)
    except Refused as refused:
        return _shown(request, token, file, problem=refused.message, status=422)
    toast(request, done)
    return HttpResponseRedirect(reverse("card:show", args=[token]), status=303)


def _shown(request: HttpRequest, token: str, file: CaseFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    case, lines = file.view, order_lines(line.order_line_id for line in file.lines)
    context = {
        "f": file,
        "c": file.case,
        "w": words,
        "token": token,
        "problem": problem,
        "stages": _stages(file),
        "say": _say(file),
        "clocks": _clocks(file),
        "wait": next((one for one in file.waitings if one.until is None), None),
        "last": file.handovers[-1] if file.handovers else None,
        "wanted": skus(wanted) if (wanted := [line.wanted_sku for line in file.lines if line.wanted_sku]) else {},
        "lines": [(line, lines.get(line.order_line_id)) for line in file.lines],
        "notes": [note for note in file.notes if note.kind is not NoteKind.INTERNAL],
        "gifts": [one for one in file.compensations if one.state == CompensationState.ISSUED],
        "may_confirm": case.state == State.SOLVED or (case.state in (State.OPEN, State.WAITING) and file.case.offered),
        "may_reopen": case.state in (State.SOLVED, State.CONFIRMED, State.CLOSED) and not file.case.merged_into_id,
        "may_write": case.state not in _OVER,
        "may_rate": case.state in (State.CONFIRMED, State.CLOSED) and file.rating is None,
        "scale": range(1, document("cases").scale + 1),
    }
    response = private(render(request, "member/card.html", context, status=status))
    # The address is the key: no search engine, and no page that is gone on to, may learn it.
    response["X-Robots-Tag"] = "noindex"
    return response


def _clocks(file: CaseFile) -> list[PromiseView]:
    """What was promised: what still runs first, then what was kept; what was called off is nobody's matter."""
    found = promises_for(SYSTEM, subject=file.case.ref, limit=20, language=get_language() or "zh")
    told = [clock for clock in found if clock.state not in ("cancelled", "waived")]
    return sorted(told, key=lambda clock: (clock.closed_at is not None, clock.due_at or clock.started_at))


def _stages(file: CaseFile) -> list[Stage]:
    """The way of the matter in four steps, and where it is on it."""
    names = [pgettext("card", "收到"), pgettext("card", "处理"), pgettext("card", "办好"), pgettext("card", "您确认")]
    state = file.view.state
    at = {State.SOLVED: 2, State.CONFIRMED: 4, State.CLOSED: 4, State.WITHDRAWN: 4}.get(state, 1)
    return [Stage(name, "done" if n < at else "now" if n == at else "") for n, name in enumerate(names)]


def _say(file: CaseFile) -> str:
    """What happens next, as one would tell it at the counter."""
    case = file.view
    match case.state:
        case State.WITHDRAWN:
            return _("您已撤回这件事。改变主意的话，随时告诉我们。")
        case State.CONFIRMED | State.CLOSED:
            return _("这件事已经办好，谢谢您的耐心。")
        case State.SOLVED:
            return _("我们认为已经办好了，请您看看是不是满意。")
    if case.holder == Holder.VENDOR:
        return _("衣服正在维修商那里，修好后我们检查一遍，再通知您。")
    if case.state == State.WAITING and case.waiting_for == "customer":
        return _("我们在等您的回复，写在下面就行。")
    if file.case.offered:
        return _("我们给了方案，正在办理。您觉得不合适，写在下面告诉我们。")
    if case.kind in AFTERSALES and case.holder not in (Holder.SHOP, Holder.NONE):
        return _("请把衣服带到店里或寄回，收到后我们就开始办理。")
    if case.kind == Kind.LOST:
        return _("找到了，替您收着，请来店里领取。") if case.holder else _("我们正在店里找，找没找到都会告诉您。")
    if case.kind == Kind.COMPLAINT:
        return _("我们正在弄清情况，会在答应的时间内给您方案。")
    return _("我们正在办理，有进展会写在这里。")

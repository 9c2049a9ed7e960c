"""Promises as they run: the list, and the whole story of one."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.rulebook import story, words
from clothier.desks.rulebook.forms import ReasonForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.places.selectors import open_stores, stores_for
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.selectors import history_of, promise_exists, promises_for
from clothier.standards.services import acknowledge, ask_waiver, complete_cadence, decide_waiver

PAGE = 50
_TABS = {
    "": None,
    "open": ("running", "paused"),
    "broken": ("broken",),
    "kept": ("kept",),
    "other": ("cancelled", "waived"),
}


@signed_in()
def listing(request: ViewerRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = promises_for(
        request.viewer,
        states=_TABS.get(state),
        before=number(request.GET.get("before", "")),
        limit=PAGE + 1,
        language=get_language() or "zh",
    )
    names = {"": _("全部"), "open": _("进行中"), "broken": _("未守住"), "kept": _("已做到"), "other": _("取消与豁免")}
    stores = {store.pk: str(store) for store in open_stores(request.viewer)}
    owners = names_of([row.owner_id for row in rows])
    context = {
        "rows": [
            {
                "promise": row,
                "store": stores.get(row.store_id or 0, ""),
                "owner": owners.get(row.owner_id or 0) or words.role(row.owner_role),
            }
            for row in rows[:PAGE]
        ],
        "next": f"?state={state}&before={rows[PAGE - 1].id}" if len(rows) > PAGE else "",
        "tabs": [{"label": names[tab], "href": f"?state={tab}", "current": tab == state} for tab in _TABS],
    }
    return render(request, "rulebook/promises.html", context)


@signed_in()
def page(request: ViewerRequest, pk: int) -> HttpResponse:
    return _page(request, pk, ReasonForm())


def _page(request: ViewerRequest, pk: int, form: ReasonForm) -> HttpResponse:
    """Everything about one promise, and why it broke if it did."""
    if not promise_exists(request.viewer, pk):
        raise Http404
    history = history_of(request.viewer, pk, language=get_language() or "zh")
    names = names_of(story.people(history))
    asked = next((one for one in history.waivers if one.state == "asked"), None)
    context = {
        "history": history,
        "promise": history.view,
        "state": words.STATES[history.view.state],
        "why": story.why(history, names),
        "items": story.timeline(history, names),
        "rule": story.rule_in_words(history),
        "due": story.exactly(history.view.due_at, history) if history.view.due_at else "",
        "late": story.late_by(history),
        "owner": names.get(history.view.owner_id or 0, words.role(history.view.owner_role)),
        "store": str(stores_for(request.viewer).filter(pk=history.view.store_id or 0).first() or ""),
        "form": form,
        "asked": asked,
        "cadence": history.view.key.startswith("cadence_") and history.view.closed_at is None,
        "may_ask": history.view.state == "broken" and asked is None,
        "may_decide": asked is not None
        and request.viewer.may(Role.MANAGER, Role.OPERATOR)
        and asked.asked_by != request.viewer.employee,
    }
    return render(request, "rulebook/promise.html", context, status=422 if form.errors else 200)


@signed_in()
@require_POST
def acknowledgement(request: ViewerRequest, pk: int) -> HttpResponseRedirect:
    _seen(request, pk)
    acknowledge(viewer=request.viewer, promise_id=pk)
    toast(request, _("已接手"))
    return redirect("rulebook:promise", pk)


@signed_in()
@require_POST
def completion(request: ViewerRequest, pk: int) -> HttpResponseRedirect:
    _seen(request, pk)
    complete_cadence(viewer=request.viewer, promise_id=pk)
    toast(request, _("已完成"))
    return redirect("rulebook:promise", pk)


@signed_in()
@require_POST
def waiver(request: ViewerRequest, pk: int) -> HttpResponse:
    _seen(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            ask_waiver(viewer=request.viewer, promise_id=pk, reason=form.cleaned_data["reason"])
            toast(request, _("已申请豁免"))
            return redirect("rulebook:promise", pk)
        except Refused as refused:
            refuse(form, refused)
    return _page(request, pk, form)


@signed_in(Role.MANAGER, Role.OPERATOR)
@require_POST
def decision(request: ViewerRequest, pk: int) -> HttpResponseRedirect:
    """Approve (approve=yes) or refuse a waiver."""
    _seen(request, pk)
    asked = next((one for one in history_of(request.viewer, pk).waivers if one.state == "asked"), None)
    if asked is None:
        raise Refused(_("这份申请已经处理过"))
    decided = decide_waiver(viewer=request.viewer, waiver_id=asked.pk, approve=request.POST.get("approve") == "yes")
    toast(request, _("已批准豁免") if decided.state == "approved" else _("未批准豁免"))
    return redirect("rulebook:promise", pk)


def _seen(request: ViewerRequest, pk: int) -> None:
    if not promise_exists(request.viewer, pk):
        raise Http404

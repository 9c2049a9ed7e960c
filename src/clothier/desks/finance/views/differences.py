"""The queue of differences, and one of them with both sides beside each other."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.desks.finance.forms import DecisionForm, RemarkForm
from clothier.desks.finance.views.finding import keeps_books, promise_of
from clothier.desks.finance.words import provider_word
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.navigation import url
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.payments.selectors import method_name, moves_named
from clothier.settlement import services
from clothier.settlement.contracts import DifferenceKind, DifferenceState
from clothier.settlement.selectors import Difference, days_for, differences_for, their_rows
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of

PAGE = 30


@require_GET
@signed_in(Role.MANAGER, Role.OPERATOR)
def queue(request: ViewerRequest) -> HttpResponseBase:
    """What waits for somebody, and by choice what is over."""
    rows = differences_for(request.viewer)
    for name, value in _asked(request.GET, request.viewer.employee).items():
        rows = rows.filter(**{name: value})
    before = number(request.GET.get("before", ""))
    page = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    rest = request.GET.copy()
    rest["before"] = str(page[PAGE - 1].pk) if len(page) > PAGE else ""
    facts = {
        "differences": page[:PAGE],
        "next": f"?{rest.urlencode()}" if len(page) > PAGE else "",
        "people": names_of(row.owner_id for row in page),
        "state": request.GET.get("state", DifferenceState.OPEN),
        "kind": request.GET.get("kind", ""),
        "mine": "mine" in request.GET,
        "states": DifferenceState,
        "kinds": DifferenceKind,
        "provider_word": provider_word,
        "with_query": _with_query(request.GET),
    }
    return render(request, "finance/differences.html", facts)


def _asked(query: QueryDict, employee: int | None) -> dict[str, Any]:
    """The filters of an address; what makes no sense is left out."""
    state, kind = query.get("state", DifferenceState.OPEN), query.get("kind", "")
    wanted: dict[str, Any] = {"state": state if state in set(DifferenceState) else DifferenceState.OPEN}
    if kind in set(DifferenceKind):
        wanted["kind"] = kind
    if store := number(query.get("store", "")):
        wanted["store"] = store
    if "mine" in query and employee:
        wanted["owner_id"] = employee
    with suppress(ValueError):
        wanted["date"] = date.fromisoformat(query.get("date", ""))
    return wanted


def _with_query(query: QueryDict) -> Any:
    def changed(**said: str) -> str:
        """The same address with these filters changed, from its first page."""
        told = query.copy()
        told.pop("before", None)
        for name, value in said.items():
            told.pop(name, None)
            if value:
                told[name] = value
        return f"?{told.urlencode()}"

    return changed


@require_GET
@signed_in(Role.MANAGER, Role.OPERATOR)
def detail(request: ViewerRequest, difference: int) -> HttpResponseBase:
    return _page(request, _find(request, difference))


@require_POST
@signed_in(Role.OPERATOR)
def decision(request: ViewerRequest, difference: int) -> HttpResponseBase:
    held, form = _find(request, difference), DecisionForm(request.POST)
    try:
        if form.is_valid():
            services.resolve(
                difference=difference,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                actor=request.viewer.employee,
                key=request.POST.get("key") or None,
            )
            toast(request, _("已处理"), undo=url("finance:undoing", difference))
            return redirect("finance:difference", difference)
    except Refused as refused:
        refuse(form, refused)
    return _page(request, held, deciding=form, status=422)


@require_POST
@signed_in(Role.OPERATOR)
def undoing(request: ViewerRequest, difference: int) -> HttpResponseBase:
    services.undo_decision(difference=_find(request, difference).pk, actor=request.viewer.employee)
    toast(request, _("已撤销，差异重新待处理"))
    return redirect("finance:difference", difference)


@require_POST
@signed_in(Role.OPERATOR)
def owner(request: ViewerRequest, difference: int) -> HttpResponseBase:
    """Take it on oneself."""
    held = _find(request, difference)
    if request.viewer.employee:
        services.take_difference(difference=held.pk, owner=request.viewer.employee, actor=request.viewer.employee)
        toast(request, _("由您负责"))
    return redirect("finance:difference", difference)


@require_POST
@signed_in(Role.MANAGER, Role.OPERATOR)
def remarks(request: ViewerRequest, difference: int) -> HttpResponseBase:
    held, form = _find(request, difference), RemarkForm(request.POST)
    if form.is_valid():
        services.remark(
            difference=difference,
            text=form.cleaned_data["text"],
            actor=request.viewer.employee,
            key=request.POST.get("key") or None,
        )
        return redirect("finance:difference", difference)
    return _page(request, held, remarking=form, status=422)


def _find(request: ViewerRequest, pk: int) -> Difference:
    return get_object_or_404(differences_for(request.viewer), pk=pk)


def _page(
    request: ViewerRequest,
    held: Difference,
    *,
    deciding: DecisionForm | None = None,
    remarking: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    decisions = list(held.decisions.order_by("-pk"))
    notes = list(held.remarks.order_by("pk"))
    day = days_for(request.viewer).filter(store=held.store_id, date=held.date).first() if held.store_id else None
    people = [held.owner_id, *(d.decided_by for d in decisions), *(d.undone_by for d in decisions)]
    facts = {
        "difference": held,
        "provider": provider_word(held.side),
        "ours": moves_named([held.reference]) if held.reference else [],
        "theirs": their_rows(held),
        "decisions": decisions,
        "standing": next((d for d in decisions if d.undone_at is None), None),
        "remarks": notes,
        "people": names_of([*people, *(note.written_by for note in notes)]),
        "day": day,
        "promise": promise_of(request.viewer, day.pk) if day else None,
        "deciding": deciding or DecisionForm(),
        "remarking": remarking or RemarkForm(),
        "books": keeps_books(request.viewer),
        "method_name": method_name,
    }
    return render(request, "finance/difference.html", facts, status=status)

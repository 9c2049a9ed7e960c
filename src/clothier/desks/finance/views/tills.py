"""Tills on a phone: open with the float, count blind, close."""

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.desks.finance.forms import CashForm, ClosingForm, CountForm, OpeningForm, TillForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.doors import CHOICE, Door, chosen, doors
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.money import Money
from clothier.kernel.refs import number
from clothier.settlement import services
from clothier.settlement.selectors import Till, TillSession, latest_count, sessions_for, tills_for
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document

_WHO = (Role.ASSOCIATE, Role.MANAGER, Role.OPERATOR)


@require_GET
@signed_in(*_WHO)
def tills(request: ViewerRequest) -> HttpResponseBase:
    """The tills of the store one stands in."""
    found = doors(request.viewer)
    asked = number(request.GET.get("store", ""))
    store = next((door for door in found if door.id == asked), None) or chosen(request, found)
    if store is None:
        return render(request, "finance/stores.html", {"doors": found})
    if len(found) > 1:
        request.session[CHOICE] = store.id
    return _tills(request, store)


@require_POST
@signed_in(Role.MANAGER, Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponseBase:
    found = doors(request.viewer)
    store = chosen(request, found)
    if store is None:
        return redirect("finance:tills")
    form = TillForm(request.POST)
    try:
        if form.is_valid():
            services.add_till(store=store.id, actor=request.viewer.employee, **form.cleaned_data)
            return redirect("finance:tills")
    except Refused as refused:
        refuse(form, refused)
    return _tills(request, store, adding=form, status=422)


@require_POST
@signed_in(*_WHO)
def opening(request: ViewerRequest, till: int) -> HttpResponseBase:
    place = get_object_or_404(tills_for(request.viewer), pk=till)
    form = OpeningForm(request.POST, prefix=str(till))
    try:
        if form.is_valid():
            session = services.open_till(
                till=till,
                float_fen=form.cleaned_data["float"],
                actor=request.viewer.employee,
                key=request.POST.get("key") or None,
            )
            toast(request, _("%(till)s已开台") % {"till": place.name})
            return redirect("finance:session", session.pk)
    except Refused as refused:
        refuse(form, refused)
    store = next(door for door in doors(request.viewer) if door.id == place.store_id)
    return _tills(request, store, opening=(till, form), status=422)


@require_POST
@signed_in(Role.MANAGER, Role.OPERATOR)
def retirement(request: ViewerRequest, till: int) -> HttpResponseBase:
    place = get_object_or_404(tills_for(request.viewer), pk=till)
    services.retire_till(till=place.pk, actor=request.viewer.employee)
    toast(request, _("%(till)s已停用") % {"till": place.name})
    return redirect("finance:tills")


@require_GET
@signed_in(*_WHO)
def session(request: ViewerRequest, session: int) -> HttpResponseBase:
    return _session(request, _find(request, session))


@require_POST
@signed_in(*_WHO)
def count(request: ViewerRequest, session: int) -> HttpResponseBase:
    held, form = _find(request, session), CountForm(request.POST)
    try:
        if form.is_valid():
            services.count_drawer(
                session=session,
                pieces=form.pieces(),
                actor=request.viewer.employee,
                key=request.POST.get("key") or None,
            )
            return redirect("finance:session", session)
    except Refused as refused:
        refuse(form, refused)
    return _session(request, held, counting=form, status=422)


@require_POST
@signed_in(*_WHO)
def cash(request: ViewerRequest, session: int) -> HttpResponseBase:
    """Cash in or out beside the sales."""
    held, form = _find(request, session), CashForm(request.POST)
    try:
        if form.is_valid():
            services.move_cash(
                session=session,
                fen=form.fen(),
                reason=form.cleaned_data["reason"],
                actor=request.viewer.employee,
                key=request.POST.get("key") or None,
            )
            toast(request, _("已记下"))
            return redirect("finance:session", session)
    except Refused as refused:
        refuse(form, refused)
    return _session(request, held, moving=form, status=422)


@require_POST
@signed_in(*_WHO)
def closure(request: ViewerRequest, session: int) -> HttpResponseBase:
    held, form = _find(request, session), ClosingForm(request.POST)
    try:
        if form.is_valid():
            services.close_till(
                session=session,
                actor=request.viewer.employee,
                reason=form.cleaned_data["reason"],
                key=request.POST.get("key") or None,
            )
            return redirect("finance:session", session)
    except Refused as refused:
        refuse(form, refused)
    return _session(request, held, closing=form, status=422)


def _find(request: ViewerRequest, pk: int) -> TillSession:
    return get_object_or_404(sessions_for(request.viewer), pk=pk)


def _tills(
    request: ViewerRequest,
    store: Door,
    *,
    adding: TillForm | None = None,
    opening: tuple[int, OpeningForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer
    places: QuerySet[Till] = tills_for(viewer, store=store.id)
    running = {row.till_id: row for row in sessions_for(viewer).filter(till__store=store.id, closed_at=None)}
    usual = {"float": str(Money(document("settlement").float)).lstrip("¥")}
    forms = {till.pk: OpeningForm(initial=usual, prefix=str(till.pk)) for till in places}
    if opening:
        forms[opening[0]] = opening[1]
    facts = {
        "store": store,
        "several": len(doors(viewer)) > 1,
        "tills": [(till, running.get(till.pk), forms[till.pk]) for till in places],
        "people": names_of(row.opened_by for row in running.values()),
        "adding": (adding or TillForm()) if viewer.may(Role.MANAGER, Role.OPERATOR) else None,
        "recent": list(sessions_for(viewer).filter(till__store=store.id, closed_at__isnull=False)[:8]),
    }
    return render(request, "finance/tills.html", facts, status=status)


def _session(
    request: ViewerRequest,
    held: TillSession,
    *,
    counting: CountForm | None = None,
    moving: CashForm | None = None,
    closing: ClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    counted = latest_count(held.pk)
    facts = {
        "session": held,
        "counted": counted,
        "again": "again" in request.GET or counting is not None,
        "counting": counting or CountForm(),
        "moving": moving or CashForm(),
        "moved": bool(moving),
        "closing": closing or ClosingForm(),
        "moves": list(held.moves.order_by("pk")),
        "people": names_of([held.opened_by, held.closed_by, counted.counted_by if counted else None]),
    }
    return render(request, "finance/session.html", facts, status=status)

"""One appointment: moved, cancelled, taken back, its route prepared, the customer received."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.bookings import services
from clothier.bookings.contracts import AppointmentView, SlotTaken
from clothier.bookings.selectors import appointment_view, reasons, slots
from clothier.customers.contracts import sentence_of
from clothier.desks.agenda.access import AGENDA
from clothier.desks.agenda.drawing import drawn
from clothier.desks.agenda.forms import STOPS, CancelForm, MoveForm
from clothier.desks.agenda.views.booking import drawn_slots
from clothier.desks.roster import words
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.shops import Shop, shop_of
from clothier.desks.shell.toasts import toast
from clothier.eventlog.selectors import history
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref, number
from clothier.places.selectors import zones_for
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document
from clothier.visits import services as visits


@require_safe
@signed_in(*AGENDA)
def show(request: ViewerRequest, appointment: int) -> HttpResponse:
    view, shop = _found(request, appointment)
    rule = document("bookings").find(view.service)
    context = {
        "entry": drawn(request.viewer, shop, [view])[0],
        "shop": shop,
        "long": words.long_day(shop.local_day(view.start)),
        "route": _route(request, view, shop) if rule and rule.route else None,
        "reasons": reasons(),
        "history": _history(view),
        "ahead": view.start > clock.now(),
    }
    return render(request, "agenda/appointment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*AGENDA)
def move(request: ViewerRequest, appointment: int) -> HttpResponse:
    """Another time, from what is free on a day; a time just taken is answered with the next ones."""
    view, shop = _found(request, appointment)
    if request.method != "POST":
        return _times(request, view, shop)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请选一个时间"), field="start")
    try:
        services.reschedule(appointment=view.id, start=form.cleaned_data["start"], actor=request.viewer.employee)
    except SlotTaken as gone:
        return _times(request, view, shop, gone)
    toast(request, _("已改期"))
    return HttpResponseRedirect(reverse("agenda:appointment", args=[view.id]), status=303)


@require_POST
@signed_in(*AGENDA)
def cancel(request: ViewerRequest, appointment: int) -> HttpResponse:
    view, _shop = _found(request, appointment)
    form = CancelForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else "mistake"
    services.cancel(appointment=view.id, reason=reason, actor=request.viewer.employee)
    toast(request, _("预约已取消"), undo=reverse("agenda:restore", args=[view.id]))
    return back(request, reverse("agenda:appointment", args=[view.id]))


@require_POST
@signed_in(*AGENDA)
def restore(request: ViewerRequest, appointment: int) -> HttpResponse:
    view, shop = _found(request, appointment)
    try:
        services.reopen(appointment=view.id, actor=request.viewer.employee)
    except SlotTaken as gone:
        return _times(request, view, shop, gone)
    toast(request, _("预约已恢复"))
    return back(request, reverse("agenda:appointment", args=[view.id]))


@require_POST
@signed_in(*AGENDA)
def route(request: ViewerRequest, appointment: int) -> HttpResponse:
    view, _shop = _found(request, appointment)
    asked = [(number(request.POST.get(f"zone{n}", "")), request.POST.get(f"brand{n}", "")) for n in range(STOPS)]
    stops = [(zone, brand) for zone, brand in asked if zone is not None]
    services.prepare_route(appointment=view.id, stops=stops, actor=request.viewer.employee)
    toast(request, _("路线已通知各区"))
    return back(request, reverse("agenda:appointment", args=[view.id]))


@require_POST
@signed_in(*AGENDA)
def arrive(request: ViewerRequest, appointment: int) -> HttpResponse:
    """The customer is here: a visit begins, and the brands on the route hear of it."""
    view, _shop = _found(request, appointment)
    key = request.POST.get("key") or None
    visits.arrive(store=view.store_id, via="appointment", appointment=view.id, actor=request.viewer.employee, key=key)
    toast(request, _("已登记到店"))
    return back(request, reverse("agenda:appointment", args=[view.id]))


def _found(request: ViewerRequest, appointment: int) -> tuple[AppointmentView, Shop]:
    view = appointment_view(request.viewer, appointment)
    if view is None:
        raise Http404
    return view, shop_of(request.viewer, view.store_id)


def _times(request: ViewerRequest, view: AppointmentView, shop: Shop, gone: SlotTaken | None = None) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    day = max(shop.day(asked.get("day") or shop.local_day(view.start).isoformat()), shop.today)
    found = slots(store=shop.id, service=view.service, first=day, staff=True, ignoring=view.id)
    context = {
        "entry": drawn(request.viewer, shop, [view])[0],
        "shop": shop,
        "day": day,
        "long": words.long_day(day),
        "slots": drawn_slots(shop, found),
        "offers": drawn_slots(shop, list(gone.offers), dated=True) if gone else [],
        "refused": gone.message if gone else "",
        "chosen": "",
    }
    return render(request, "agenda/move.html", context, status=422 if gone else 200)


def _route(request: ViewerRequest, view: AppointmentView, shop: Shop) -> dict[str, Any]:
    lines = [(stop.zone_id, stop.brand) for stop in view.stops] + [(None, "")] * STOPS
    zones = [(zone.pk, str(zone)) for zone in zones_for(request.viewer, store=shop.id)]
    return {"lines": lines[:STOPS], "zones": zones}


def _history(view: AppointmentView) -> list[dict[str, Any]]:
    told = list(history(Ref("appointment", view.id)).order_by("-id")[:20])
    names = names_of(entry.actor_id for entry in told)
    return [
        {"title": sentence_of(entry), "at": entry.occurred_at, "detail": names.get(entry.actor_id or 0, "")}
        for entry in told
    ]

"""A new appointment: the service, the day, the free times as they are now, and for whom."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clothier.bookings.contracts import Slot, SlotTaken
from clothier.bookings.selectors import service_names, slots
from clothier.bookings.services import book
from clothier.desks.agenda.access import AGENDA
from clothier.desks.agenda.drawing import clock_of
from clothier.desks.agenda.forms import BookingForm
from clothier.desks.agenda.picking import pick
from clothier.desks.roster import words
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.shops import Shop, shop_for
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*AGENDA)
def new(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    asked = request.POST if request.method == "POST" else request.GET
    form = BookingForm(request.POST or None)
    offers: list[Slot] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _booked(request, shop, form, asked.get("service", ""))
        except SlotTaken as gone:
            refuse(form, gone)
            offers = list(gone.offers)
        except Refused as refused:
            refuse(form, refused)
    context = _choice(shop, asked) | {
        "form": form,
        "offers": drawn_slots(shop, offers, dated=True),
        "pick": pick(request.viewer, asked.get("q", ""), asked.get("customer", "")),
        "purpose": asked.get("purpose", ""),
    }
    return render(request, "agenda/new.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in(*AGENDA)
def times(request: ViewerRequest, store: str) -> HttpResponse:
    """The free times alone, asked for again whenever the service or the day changes."""
    shop = shop_for(request.viewer, store)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('agenda:new', args=[shop.code])}?{request.GET.urlencode()}")
    return render(request, "agenda/_slots.html", _choice(shop, request.GET))


def drawn_slots(shop: Shop, found: list[Slot], *, dated: bool = False) -> list[dict[str, Any]]:
    """As choices of a form; `dated` says the day too."""
    return [
        {
            "value": slot.start.isoformat(),
            "time": clock_of(shop, slot.start, slot.end),
            "day": words.long_day(shop.local_day(slot.start)) if dated else "",
            "who": slot.free[0].name if slot.free and slot.free[0].kind == "person" else "",
            "more": len(slot.free) - 1,
        }
        for slot in found
    ]


def _choice(shop: Shop, asked: Any) -> dict[str, Any]:
    names = service_names()
    service = asked.get("service", "")
    service = service if service in names else next(iter(names))
    day: date = max(shop.day(asked.get("day")), shop.today)
    employee = number(asked.get("employee", ""))
    found = slots(store=shop.id, service=service, first=day, staff=True, employee=employee)
    return {
        "shop": shop,
        "services": names,
        "rule": document("bookings").find(service),
        "service": service,
        "day": day,
        "long": words.long_day(day),
        "employee": employee,
        "chosen": asked.get("start", ""),
        "slots": drawn_slots(shop, found),
        "back": f"{reverse('agenda:day', args=[shop.code])}?{urlencode({'day': day.isoformat()})}",
    }


def _booked(request: ViewerRequest, shop: Shop, form: BookingForm, service: str) -> HttpResponse:
    told = form.cleaned_data
    row = book(
        store=shop.id,
        service=service,
        customer=told["customer"],
        start=told["start"],
        employee=told["employee"],
        purpose=told["purpose"],
        actor=request.viewer.employee,
        key=told["key"] or None,
    )
    toast(request, _("已预约"), undo=reverse("agenda:cancel", args=[row.pk]))
    return HttpResponseRedirect(reverse("agenda:appointment", args=[row.pk]), status=303)

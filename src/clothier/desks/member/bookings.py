"""What the customer has booked and signed up for, and how to book and give up: on the phone, by themselves."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.bookings import services
from clothier.bookings.contracts import Slot, SlotTaken
from clothier.bookings.selectors import coming_up, of_customers, service_names, signed_up, slots
from clothier.customers.selectors import records_of
from clothier.desks.member.doors import let_in, places_to_come
from clothier.desks.roster import words
from clothier.desks.shell.shops import Shop
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number

VIA = "member"


@let_in
@require_safe
def listed(request: HttpRequest, customer: int) -> HttpResponse:
    records = records_of(customer)
    shops = {shop.id: shop for shop in places_to_come()}
    signed = signed_up(records)
    mine = {view.id for _one, view in signed}
    context = {
        "appointments": [(one, shops.get(one.store_id)) for one in of_customers(records)],
        "signed": [(one, view, shops.get(view.store_id or 0)) for one, view in signed],
        "activities": [
            (view, shops.get(view.store_id or 0)) for view in coming_up(store=None, limit=30) if view.id not in mine
        ],
    }
    return render(request, "member/bookings.html", context)


@let_in
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, customer: int) -> HttpResponse:
    """Choose the store, the service and the day; the free times are those of now."""
    asked = request.POST if request.method == "POST" else request.GET
    offers: list[Slot] = []
    refusal = ""
    if request.method == "POST":
        try:
            return _booked(request, customer)
        except SlotTaken as gone:
            refusal, offers = gone.message, list(gone.offers)
        except Refused as refused:
            refusal = refused.message
    context = _choice(asked) | {"refusal": refusal}
    context["offers"] = [_drawn(context["shop"], slot, dated=True) for slot in offers] if context["shop"] else []
    return render(request, "member/book.html", context, status=422 if refusal else 200)


@let_in
@require_POST
def cancel(request: HttpRequest, customer: int, appointment: int) -> HttpResponse:
    if appointment not in {one.id for one in of_customers(records_of(customer), limit=50)}:
        raise Http404
    _said(request, lambda: services.cancel(appointment=appointment, via=VIA), _("预约已取消"))
    return _back()


@let_in
@require_POST
def sign_up(request: HttpRequest, customer: int, activity: int) -> HttpResponse:
    seats = number(request.POST.get("seats", "1")) or 0
    _said(request, lambda: services.sign_up(activity=activity, customer=customer, seats=seats, via=VIA), _("已报名"))
    return _back()


@let_in
@require_POST
def give_up(request: HttpRequest, customer: int, sign_up: int) -> HttpResponse:
    if sign_up not in {one.id for one, _view in signed_up(records_of(customer), limit=50)}:
        raise Http404
    _said(request, lambda: services.cancel_sign_up(sign_up=sign_up, via=VIA), _("报名已取消"))
    return _back()


def _said(request: HttpRequest, verb: Any, done: str) -> None:
    try:
        row = verb()
    except Refused as refused:
        toast(request, refused.message, bad=True)
    else:
        waits = getattr(row, "state", "") == "waiting"
        toast(request, _("名额已满，已列入候补") if waits else done)


def _booked(request: HttpRequest, customer: int) -> HttpResponse:
    shop = next((one for one in places_to_come() if one.code == request.POST.get("store")), None)
    try:
        start = datetime.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        start = None
    if shop is None or start is None or start.tzinfo is None:
        raise Refused(_("请选一个时间"), field="start")
    services.book(
        store=shop.id,
        service=request.POST.get("service", ""),
        customer=customer,
        start=start,
        purpose=request.POST.get("purpose", ""),
        via=VIA,
    )
    toast(request, _("已预约"))
    return _back()


def _choice(asked: Any) -> dict[str, Any]:
    shops, names = places_to_come(), service_names()
    shop = next((one for one in shops if one.code == asked.get("store")), shops[0] if shops else None)
    service = asked.get("service", "")
    service = service if service in names else next(iter(names))
    day = max(shop.day(asked.get("day")), shop.today) if shop else None
    found = slots(store=shop.id, service=service, first=day) if shop and day else []
    return {
        "shops": shops,
        "shop": shop,
        "services": names,
        "service": service,
        "day": day,
        "long": words.long_day(day) if day else "",
        "slots": [_drawn(shop, slot) for slot in found] if shop else [],
        "purpose": asked.get("purpose", ""),
        "chosen": "",
        "rule": None,
    }


def _drawn(shop: Shop, slot: Slot, *, dated: bool = False) -> dict[str, Any]:
    day = words.long_day(shop.local_day(slot.start)) if dated else ""
    return {
        "value": slot.start.isoformat(),
        "time": words.span(slot.start, slot.end, shop.zone),
        "day": day,
        "who": "",
        "more": 0,
    }


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("member:bookings"), status=303)

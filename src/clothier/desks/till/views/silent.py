"""Buying without a word, on the customer's own phone: scan, pay, show the receipt at the door."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.checkout import services
from clothier.checkout.contracts.carts import CartView
from clothier.checkout.selectors import cart_by_link, cart_link, receipt_link, seen, store_by_door
from clothier.desks.shell.limits import address, spare
from clothier.desks.shell.squares import square
from clothier.desks.till.forms import MemberForm, QuantityForm, ScanForm
from clothier.desks.till.selectors.counter import explained, methods, payment_of, pieces_of
from clothier.desks.till.views.telling import filled
from clothier.kernel.errors import Refused
from clothier.payments.contracts import next_step
from clothier.payments.selectors import say_step
from clothier.payments.services import inquire
from clothier.places.selectors import store as store_by_id

# What a customer's own phone can do: no drawer stands beside it, and no terminal.
OWN = ("wechat", "alipay")


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """The code on the wall: a cart of one's own."""
    store = store_by_door(token)
    place = store_by_id(store) if store is not None else None
    if place is None or store is None or place.closed_on:
        raise Http404
    if request.method == "POST":
        spare("door", address(request), a_minute=10)
        cart = services.open_cart(store=store, mode="silent", actor=None)
        return HttpResponseRedirect(reverse("till:own-cart", args=[cart_link(cart.pk)]))
    return _forget(render(request, "till/door.html", {"place": place}))


@require_safe
def cart(request: HttpRequest, token: str) -> HttpResponse:
    view = _view(token)
    if view.cart.order_id:
        return HttpResponseRedirect(reverse("till:receipt", args=[receipt_link(view.cart.order_id)]))
    return _forget(render(request, "till/own.html", _context(view, token)))


@require_POST
def scanning(request: HttpRequest, token: str) -> HttpResponse:
    view = _busy(request, token)
    told = _said(request, token, ScanForm(request.POST))
    if isinstance(told, HttpResponse):
        return told
    return _done(request, token, lambda: services.scan(cart=view.cart.pk, code=told["code"], actor=None))


@require_POST
def quantity(request: HttpRequest, token: str, line: int) -> HttpResponse:
    view = _busy(request, token)
    told = _said(request, token, QuantityForm(request.POST))
    if isinstance(told, HttpResponse):
        return told
    return _done(
        request,
        token,
        lambda: services.set_quantity(cart=view.cart.pk, line=line, quantity=told["quantity"], actor=None),
    )


@require_POST
def member(request: HttpRequest, token: str) -> HttpResponse:
    """By the rotating or the printed code, never by a phone number: that could be anybody's."""
    view = _busy(request, token)
    told = _said(request, token, MemberForm(request.POST))
    if isinstance(told, HttpResponse):
        return told
    return _done(
        request, token, lambda: services.name_member(cart=view.cart.pk, code=told["code"], actor=None, by_phone=False)
    )


@require_POST
def payment(request: HttpRequest, token: str) -> HttpResponse:
    view = _busy(request, token)
    method, key = request.POST.get("method", ""), request.POST.get("key", "")[:60]
    if method not in OWN or not key:
        raise Http404
    return _done(request, token, lambda: services.pay(cart=view.cart.pk, method=method, actor=None, key=f"own:{key}"))


@require_POST
def inquiry(request: HttpRequest, token: str) -> HttpResponse:
    view = _busy(request, token)
    going = payment_of(view)
    for one in going.attempts if going else ():
        if one.live and not one.given_up:
            inquire(attempt=one.id)
    return _done(request, token, lambda: services.settle(cart=view.cart.pk))


def _view(token: str) -> CartView:
    row = cart_by_link(token)
    if row is None:
        raise Http404
    return seen(row)


def _busy(request: HttpRequest, token: str) -> CartView:
    spare("own", address(request), a_minute=60)
    return _view(token)


def _said(request: HttpRequest, token: str, form: Any) -> dict[str, Any] | HttpResponse:
    try:
        return filled(form)
    except Refused as refused:
        return _refused(request, token, refused)


def _done(request: HttpRequest, token: str, verb: Any) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        return _refused(request, token, refused)
    response = HttpResponseRedirect(reverse("till:own-cart", args=[token]))
    response.status_code = 303
    return response


def _refused(request: HttpRequest, token: str, refused: Refused) -> HttpResponse:
    context = {**_context(_view(token), token), "refused": refused.message, "field": refused.field}
    return _forget(render(request, "till/own.html", context, status=422))


def _context(view: CartView, token: str) -> dict[str, Any]:
    going = payment_of(view)
    step = next_step(going) if going else None
    offered = [one for one in methods(view.cart.store_id, view.due_fen - view.paid_fen) if one.key in OWN]
    return {
        "v": view,
        "token": token,
        "pieces": pieces_of(view),
        "notes": explained(view),
        "step": step,
        "say": say_step(step, view.cart.currency) if step else "",
        "show": square(step.show) if step and step.show else "",
        "methods": offered if view.lines else [],
        "none_offered": _("请到收银台付款") if view.lines and not any(not one.why for one in offered) else "",
    }


def _forget(response: HttpResponse) -> HttpResponse:
    """The address is the key to the cart. (No other site is told it; to tell none at all would keep forms from us.)"""
    response["Cache-Control"] = "no-store"
    return response

"""The money: one next step, whatever happens to it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.checkout import services
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.desks.till.doors import CASHIERS, cart_of, store_of
from clothier.desks.till.drawers import till_at
from clothier.desks.till.forms import CashForm, PaymentForm, TransferForm
from clothier.desks.till.selectors.counter import payment_of
from clothier.desks.till.views.telling import filled
from clothier.kernel.errors import Refused
from clothier.payments.services import confirm_transfer, inquire
from clothier.staff.middleware import ViewerRequest


@signed_in(*CASHIERS)
@require_POST
def cash(request: ViewerRequest, cart: int) -> HttpResponse:
    said, told = fact(request), filled(CashForm(request.POST))
    done = services.pay_cash(
        cart=cart, tendered_fen=told["tendered"], amount_fen=told["amount"], till=_till(request, cart),
        actor=said["actor"], key=_key(said["key"]),
    )  # fmt: skip
    return _after(request, done)


@signed_in(*CASHIERS)
@require_POST
def payment(request: ViewerRequest, cart: int) -> HttpResponse:
    said, told = fact(request), filled(PaymentForm(request.POST))
    done = services.pay(
        cart=cart, method=told["method"], code=told["code"].strip(), amount_fen=told["amount"],
        months=told["months"] or 0, till=_till(request, cart), actor=said["actor"], key=_key(said["key"]),
    )  # fmt: skip
    return _after(request, done)


@signed_in(*CASHIERS)
@require_POST
def transfer(request: ViewerRequest, cart: int) -> HttpResponse:
    """The bank's own number of a transfer that has come in."""
    said, told = fact(request), filled(TransferForm(request.POST))
    going = payment_of(cart_of(request.viewer, cart))
    if going is None or told["attempt"] not in {one.id for one in going.attempts}:
        raise Refused(_("没有找到这笔转账"))
    confirm_transfer(attempt=told["attempt"], reference=told["reference"], actor=said["actor"])
    services.settle(cart=cart, actor=said["actor"])
    return _after(request, cart_of(request.viewer, cart).cart)


@signed_in(*CASHIERS)
@require_POST
def inquiry(request: ViewerRequest, cart: int) -> HttpResponse:
    """Ask the provider how it went: the page does so by itself while somebody waits."""
    going = payment_of(cart_of(request.viewer, cart))
    for one in going.attempts if going else ():
        if one.live and not one.given_up:
            inquire(attempt=one.id)
    services.settle(cart=cart, actor=request.viewer.employee)
    return _after(request, cart_of(request.viewer, cart).cart)


@signed_in(*CASHIERS)
@require_POST
def completion(request: ViewerRequest, cart: int) -> HttpResponse:
    """Nothing is left to pay: the cashier hands over."""
    said = fact(request)
    services.finish(cart=cart, till=_till(request, cart), actor=said["actor"])
    return _after(request, cart_of(request.viewer, cart).cart)


def _till(request: ViewerRequest, cart: int) -> int | None:
    """The open till this sale belongs to. A cart of another store is not found."""
    return till_at(request, store_of(request.viewer, cart))


def _after(request: ViewerRequest, cart: Any) -> HttpResponse:
    if cart.order_id:
        toast(request, _("已收款，交易完成"))
        return back(request, reverse("till:sale", args=[cart.order_id]))
    return back(request, reverse("till:cart", args=[cart.pk]))


def _key(said: str | None) -> str:
    if not said:
        raise Refused(_("请刷新页面再收款"))
    return said

"""The counter, and what lies on it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.checkout import services
from clothier.checkout.contracts.carts import Next
from clothier.checkout.selectors import carts_here, door_link, sales_here
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.doors import chosen, doors
from clothier.desks.shell.facts import fact
from clothier.desks.shell.squares import square
from clothier.desks.shell.toasts import toast
from clothier.desks.till.doors import CASHIERS, cart_of, theirs
from clothier.desks.till.drawers import CHOICE, standing
from clothier.desks.till.forms import PriceForm, QuantityForm, ScanForm
from clothier.desks.till.selectors.counter import counter_of
from clothier.desks.till.views.telling import filled
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.settlement.selectors import sessions_for
from clothier.staff.middleware import ViewerRequest
from clothier.visits.selectors import visit_view


@signed_in(*CASHIERS)
@require_safe
def counter(request: ViewerRequest) -> HttpResponse:
    """What is being bought in this store now, what waits, and what was just sold."""
    found = doors(request.viewer)
    door = chosen(request, found)
    if door is None:
        return HttpResponseRedirect(f"{reverse('floor:store')}?next={request.path}")
    own = request.build_absolute_uri(reverse("till:door", args=[door_link(door.id)]))
    context = {
        "door": door,
        "doors": found,
        "standing": standing(request, door.id),
        "carts": carts_here(request.viewer, store=door.id),
        "sales": sales_here(request.viewer, store=door.id, limit=6),
        "own": own,
        "own_code": square(own),
    }
    return render(request, "till/counter.html", context)


@signed_in(*CASHIERS)
@require_POST
def drawer(request: ViewerRequest) -> HttpResponse:
    """Stand at another open till: what is paid from now on goes into its drawer."""
    session = sessions_for(request.viewer).filter(till=number(request.POST.get("till", "")), closed_at=None).first()
    if session is None:
        raise Refused(_("这台收银台没有开着，请刷新页面"))
    request.session[CHOICE] = session.till_id
    toast(request, _("之后的收款记在%(till)s") % {"till": session.till.name})
    cart = number(request.POST.get("cart", ""))
    return back(request, reverse("till:cart", args=[cart]) if cart else reverse("till:counter"))


@signed_in(*CASHIERS)
@require_POST
def opening(request: ViewerRequest) -> HttpResponse:
    """A new sale; scanning the first piece opens it too."""
    door = chosen(request, doors(request.viewer))
    if door is None:
        return HttpResponseRedirect(reverse("floor:store"))
    told = fact(request)
    cart = services.open_cart(store=door.id, **told)
    code = request.POST.get("code", "").strip()
    if code:
        services.scan(cart=cart.pk, code=code, actor=told["actor"], key=f"{told['key']}:1" if told["key"] else None)
    return back(request, reverse("till:cart", args=[cart.pk]))


@signed_in(*CASHIERS)
@require_POST
def from_visit(request: ViewerRequest, visit: int) -> HttpResponse:
    """To the till with what was kept in the fitting room, and with whoever came."""
    seen = visit_view(request.viewer, visit)
    if seen is None:
        raise Http404
    kept = [item.sku_id for fitting in seen.fittings for item in fitting.items if item.outcome == "kept"]
    cart = services.open_cart(store=seen.store_id, customer=seen.customer_id, visit=visit, items=kept, **fact(request))
    return back(request, reverse("till:cart", args=[cart.pk]))


@signed_in(*CASHIERS)
@require_safe
def cart(request: ViewerRequest, cart: int) -> HttpResponse:
    view = cart_of(request.viewer, cart)
    if view.cart.order_id:
        return HttpResponseRedirect(reverse("till:sale", args=[view.cart.order_id]))
    paying = view.next in (Next.PAY, Next.FINISH)
    context = {
        "c": counter_of(request.viewer, view),
        "manager": _may_be_generous(request),
        "standing": standing(request, view.cart.store_id) if paying else None,
    }
    return render(request, "till/cart.html", context)


@signed_in(*CASHIERS)
@require_POST
def scanning(request: ViewerRequest, cart: int) -> HttpResponse:
    told = filled(ScanForm(request.POST))
    row = services.scan(
        cart=theirs(request.viewer, cart), code=told["code"], quantity=told["quantity"] or 1, **fact(request)
    )
    return back(request, reverse("till:cart", args=[row.pk]))


@signed_in(*CASHIERS)
@require_POST
def quantity(request: ViewerRequest, cart: int, line: int) -> HttpResponse:
    told = filled(QuantityForm(request.POST))
    said = fact(request)
    services.set_quantity(cart=theirs(request.viewer, cart), line=line, actor=said["actor"], key=said["key"], **told)
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def price(request: ViewerRequest, cart: int, line: int) -> HttpResponse:
    told = filled(PriceForm(request.POST))
    said = fact(request)
    services.correct_price(
        cart=theirs(request.viewer, cart), line=line, unit_price_fen=told["price"], reason=told["reason"],
        actor=said["actor"], manager=_may_be_generous(request), key=said["key"],
    )  # fmt: skip
    toast(request, _("单价已更正，更正记录已保留"))
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def wearer(request: ViewerRequest, cart: int, line: int) -> HttpResponse:
    said = fact(request)
    services.name_wearer(
        cart=theirs(request.viewer, cart), line=line, wearer=number(request.POST.get("wearer", "")),
        actor=said["actor"], key=said["key"],
    )  # fmt: skip
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def gift(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    on = request.POST.get("gift") == "1"
    services.set_gift(cart=theirs(request.viewer, cart), gift=on, actor=said["actor"], key=said["key"])
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def bringing_back(request: ViewerRequest, cart: int, line: int) -> HttpResponse:
    """How many pieces of an earlier sale come back with this cart; none takes them off it."""
    said = fact(request)
    pieces = number(request.POST.get("quantity", "0"))
    if pieces is None:
        raise Refused(_("请填件数"), field="quantity")
    services.bring_back(
        cart=theirs(request.viewer, cart), line=line, quantity=pieces, actor=said["actor"], key=said["key"],
        reason=request.POST.get("reason", "size"), manager=_may_be_generous(request),
    )  # fmt: skip
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def suspension(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    services.suspend(
        cart=theirs(request.viewer, cart), label=request.POST.get("label", ""), actor=said["actor"], key=said["key"]
    )
    toast(request, _("已挂单，任何收银台都能取"))
    return back(request, reverse("till:counter"))


@signed_in(*CASHIERS)
@require_POST
def resumption(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    services.resume(cart=theirs(request.viewer, cart), actor=said["actor"], key=said["key"])
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def reopening(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    services.reopen(cart=theirs(request.viewer, cart), actor=said["actor"], key=said["key"])
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def cancellation(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    services.drop(cart=theirs(request.viewer, cart), actor=said["actor"], key=said["key"])
    toast(request, _("这张单已取消"))
    return back(request, reverse("till:counter"))


def _may_be_generous(request: ViewerRequest) -> bool:
    return request.viewer.may(Role.MANAGER, Role.OPERATOR)

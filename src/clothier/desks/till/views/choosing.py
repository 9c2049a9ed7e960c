"""Who buys, points, coupons, and the customer's three yeses."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.checkout import services
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.desks.till.doors import CASHIERS, theirs
from clothier.desks.till.forms import CouponForm, MemberForm, PointsForm
from clothier.desks.till.views.telling import filled
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@signed_in(*CASHIERS)
@require_POST
def member(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    told = filled(MemberForm(request.POST))
    services.name_member(cart=theirs(request.viewer, cart), code=told["code"], actor=said["actor"], key=said["key"])
    toast(request, _("已识别会员"))
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def points(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    told = filled(PointsForm(request.POST))
    services.choose_points(
        cart=theirs(request.viewer, cart), points=told["points"], actor=said["actor"], key=said["key"]
    )
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def coupon(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    told = filled(CouponForm(request.POST))
    services.apply_coupon(
        cart=theirs(request.viewer, cart), code=told["code"], coupon=told["coupon"],
        actor=said["actor"], key=said["key"],
    )  # fmt: skip
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def coupon_removal(request: ViewerRequest, cart: int, coupon: int) -> HttpResponse:
    said = fact(request)
    services.drop_coupon(cart=theirs(request.viewer, cart), coupon=coupon, actor=said["actor"], key=said["key"])
    return back(request, reverse("till:cart", args=[cart]))


@signed_in(*CASHIERS)
@require_POST
def confirmation(request: ViewerRequest, cart: int) -> HttpResponse:
    said = fact(request)
    text = request.POST.get("fen", "")
    fen = number(text.removeprefix("-"))
    if fen is None:
        raise Refused(_("价格刚刚有变化，请看过再确认"))
    services.confirm(
        cart=theirs(request.viewer, cart), what=request.POST.get("what", ""), fen=-fen if text[:1] == "-" else fen,
        actor=said["actor"], key=said["key"],
    )  # fmt: skip
    return back(request, reverse("till:cart", args=[cart]))

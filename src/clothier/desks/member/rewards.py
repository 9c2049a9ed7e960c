"""The rewards shop in the customer's own hand: chosen, confirmed, shown at the counter, thought better of."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.desks.member.doors import let_in
from clothier.desks.shell.squares import square
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.rewards import services
from clothier.rewards.contracts import shown_code
from clothier.rewards.selectors import Exchange, coupons_by_id, exchanges_of, own_exchange, shelf_for, shown, undo_until
from clothier.standards.selectors import document

PAGE = 20
FIRST = 3


@let_in
@require_safe
def shelf(request: HttpRequest, customer: int) -> HttpResponse:
    """What points buy, and what was exchanged last."""
    offers, points = shelf_for(customer)
    context = {"offers": offers, "points": points, "rows": exchanges_of(customer, limit=FIRST)}
    return render(request, "member/rewards.html", context)


@let_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, customer: int, item: int) -> HttpResponse:
    """What it costs and what follows; posting exchanges it, once for each page that was shown."""
    refusal = ""
    if request.method == "POST":
        try:
            row = services.exchange(item=item, customer=customer, key=_key(request, customer))
            return HttpResponseRedirect(reverse("member:exchange", args=[row.pk]), status=303)
        except Refused as refused:
            refusal = refused.message
    offers, points = shelf_for(customer)
    offer = next((offer for offer in offers if offer.item.pk == item), None)
    if offer is None:
        raise Http404
    rules = document("rewards")
    context = {"offer": offer, "points": points, "refusal": refusal, "shop": rules.shop, "parking": rules.parking}
    return render(request, "member/reward.html", context, status=422 if refusal else 200)


@let_in
@require_safe
def listed(request: HttpRequest, customer: int) -> HttpResponse:
    rows = exchanges_of(customer, before=number(request.GET.get("before", "")), limit=PAGE)
    following = f"?before={rows[-1].pk}" if len(rows) == PAGE else ""
    return render(request, "member/exchanges.html", {"rows": rows, "next": following})


@let_in
@require_safe
def exchanged(request: HttpRequest, customer: int, exchange: int) -> HttpResponse:
    """The code for the counter, or what was there at once; and the way back while there is one."""
    row = _own(customer, exchange)
    context = {
        "row": row,
        "code": shown_code(row.code),
        "square": square(row.code, scale=6) if row.state == "waiting" else "",
        "coupon": shown(coupons_by_id([row.coupon_id]).values())[0] if row.coupon_id else None,
        "undo_until": undo_until(row) if _may_undo(row) else None,
    }
    return render(request, "member/exchange.html", context)


@let_in
@require_POST
def undo(request: HttpRequest, customer: int, exchange: int) -> HttpResponse:
    _own(customer, exchange)
    try:
        row = services.undo_exchange(exchange=exchange, customer=customer)
    except Refused as refused:
        toast(request, refused.message, bad=True)
    else:
        toast(request, _("已取消，%(points)s 积分退回原处") % {"points": row.points})
    return HttpResponseRedirect(reverse("member:exchange", args=[exchange]), status=303)


def _own(customer: int, exchange: int) -> Exchange:
    row = own_exchange(customer, exchange)
    if row is None:
        raise Http404
    return row


def _may_undo(row: Exchange) -> bool:
    """Whether the button is worth showing; the verb looks again."""
    return row.undoable and clock.now() <= undo_until(row)


def _key(request: HttpRequest, customer: int) -> str | None:
    """The page's own key, this customer's: nobody else's key answers with somebody else's exchange."""
    told = request.POST.get("key", "")[:40]
    return f"me:{customer}:{told}" if told else None

"""After the sale: the receipt, goods that come back, goods for goods."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.checkout import services
from clothier.checkout.selectors import invoice_of, receipt_link, sales_here
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.doors import chosen, doors
from clothier.desks.shell.facts import fact
from clothier.desks.shell.squares import square
from clothier.desks.shell.toasts import toast
from clothier.desks.till.doors import CASHIERS, sale_of
from clothier.desks.till.drawers import till_at
from clothier.desks.till.forms import ReturnForm
from clothier.desks.till.selectors.receipt import invoiced, receipt_of, refunds_of
from clothier.desks.till.views.telling import filled
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest

PAGE = 20


@signed_in(*CASHIERS)
@require_safe
def sales(request: ViewerRequest) -> HttpResponse:
    """Sales of this store by time, or the one whose number the receipt says."""
    door = chosen(request, doors(request.viewer))
    if door is None:
        return HttpResponseRedirect(f"{reverse('floor:store')}?next={request.path}")
    query = request.GET.get("q", "").strip()[:60]
    rows = sales_here(
        request.viewer, store=door.id, query=query, before=_before(request.GET.get("before", "")), limit=PAGE + 1
    )
    if query and len(rows) == 1:
        return HttpResponseRedirect(reverse("till:sale", args=[rows[0].pk]))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    more = f"?before={last.occurred_at:%Y-%m-%dT%H:%M:%S.%fZ}_{last.pk}" if last else ""
    return render(request, "till/sales.html", {"door": door, "rows": rows[:PAGE], "q": query, "more": more})


def _before(text: str) -> tuple[datetime, int] | None:
    at, _line, pk = text.rpartition("_")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    row = number(pk)
    return (moment, row) if moment is not None and moment.tzinfo is not None and row is not None else None


@signed_in(*CASHIERS)
@require_safe
def sale(request: ViewerRequest, order: int) -> HttpResponse:
    view = sale_of(request.viewer, order)
    gift = request.GET.get("gift") == "1"
    link = request.build_absolute_uri(reverse("till:receipt", args=[receipt_link(order, gift=gift)]))
    context = {
        "s": view,
        "r": receipt_of(view, gift=gift),
        "refunds": refunds_of(view),
        "link": link,
        "code": square(link),
        "manager": request.viewer.may(Role.MANAGER, Role.OPERATOR),
        "reasons": services.REASONS,
        **invoiced(order),
    }
    return render(request, "till/sale.html", context)


@signed_in(*CASHIERS)
@require_POST
def refund(request: ViewerRequest, order: int) -> HttpResponse:
    """Pieces come back: money and points go where they came from."""
    view = sale_of(request.viewer, order)
    said, form = fact(request), ReturnForm(request.POST)
    told = filled(form)
    if not said["key"]:
        raise Refused(_("请刷新页面再退货"))
    done = services.refund_lines(
        order=order, pieces=form.pieces(), reason=told["reason"], actor=said["actor"], key=said["key"],
        till=till_at(request, view.order.store_id) if view.order.store_id else None,
        manager=request.viewer.may(Role.MANAGER, Role.OPERATOR),
    )  # fmt: skip
    toast(request, _("已退货，款项原路退回"))
    return back(request, reverse("till:sale", args=[done.order_id]))


@signed_in(*CASHIERS)
@require_POST
def exchange(request: ViewerRequest, order: int) -> HttpResponse:
    """A cart that begins with what comes back."""
    view = sale_of(request.viewer, order)
    said, form = fact(request), ReturnForm(request.POST)
    told = filled(form)
    pieces = form.pieces()
    if not pieces:
        raise Refused(_("请选择要换的商品"), field="lines")
    door = chosen(request, doors(request.viewer))
    store = door.id if door else view.order.store_id
    if store is None:
        raise Refused(_("请先选择门店"))
    cart = services.open_cart(store=store, customer=view.order.customer_id, actor=said["actor"], key=said["key"])
    for line, some in pieces.items():
        services.bring_back(
            cart=cart.pk, line=line, quantity=some, reason=told["reason"], actor=said["actor"],
            manager=request.viewer.may(Role.MANAGER, Role.OPERATOR),
        )  # fmt: skip
    return back(request, reverse("till:cart", args=[cart.pk]))


@signed_in(*CASHIERS)
@require_POST
def printing(request: ViewerRequest, order: int) -> HttpResponse:
    """Each copy is counted: the first is the receipt, the others say that they are reprints."""
    sale_of(request.viewer, order)
    said = fact(request)
    gift = request.POST.get("gift") == "1"
    services.print_receipt(order=order, gift=gift, actor=said["actor"], key=said["key"])
    return back(request, reverse("till:sale", args=[order]) + ("?gift=1&print=1" if gift else "?print=1"))


@signed_in(*CASHIERS)
@require_POST
def issuing(request: ViewerRequest, order: int) -> HttpResponse:
    """Issued by hand, where no service is connected: its number."""
    sale_of(request.viewer, order)
    waiting = invoice_of(order)
    if waiting is None:
        raise Refused(_("这张单没有待开的发票"))
    services.issue_invoice(invoice=waiting.pk, number=request.POST.get("number", ""), actor=request.viewer.employee)
    toast(request, _("发票已登记"))
    return back(request, reverse("till:sale", args=[order]))

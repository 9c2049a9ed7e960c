"""The rewards shop's counter and shelf."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.customers.selectors import by_identifier
from clothier.desks.membership.rewards.forms import CodeForm, ExchangeForm, ItemForm, MoreForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.rewards import selectors, services
from clothier.rewards.contracts import shown_code
from clothier.staff.middleware import ViewerRequest

COUNTER = (Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.OPERATOR)
PAGE = 50


@require_GET
@signed_in(*COUNTER)
def listing(request: ViewerRequest) -> HttpResponseBase:
    """What waits to be handed over, and the way to hand it over: a code."""
    return _counter(request, CodeForm())


@require_POST
@signed_in(*COUNTER)
def collection(request: ViewerRequest) -> HttpResponseBase:
    """Hand over what a code stands for: a reward that was exchanged, or a blind box's prize."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            toast(request, _handed(request, form.cleaned_data["code"]))
            return redirect("membership:rewards")
        except Refused as refused:
            refuse(form, refused)
    return _counter(request, form, status=422)


def _handed(request: ViewerRequest, code: str) -> str:
    actor = request.viewer.employee
    if selectors.draw_by_code(code):
        drawn = services.claim_prize(code=code, actor=actor)
        return _("请交给顾客：%(what)s") % {"what": drawn.prize}
    store = next(iter(request.viewer.stores or ()), None)
    row = services.collect(code=code, store=store, actor=actor)
    return _("请交给顾客：%(what)s") % {"what": row.item}


@require_POST
@signed_in(*COUNTER)
def exchange(request: ViewerRequest) -> HttpResponseBase:
    """Spend a member's points on a thing; the code to collect it with goes to the member."""
    form = ExchangeForm(request.POST)
    if form.is_valid():
        who = form.cleaned_data["who"]
        customer = by_identifier("member", who) or by_identifier("phone", who)
        try:
            if customer is None:
                raise Refused(_("没有找到这位会员"), field="who")
            row = services.exchange(
                item=form.cleaned_data["item"],
                customer=customer,
                actor=request.viewer.employee,
                key=request.POST.get("key") or None,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            said = {"what": row.item, "points": row.points, "code": shown_code(row.code)}
            toast(request, _("已用 %(points)s 积分兑换%(what)s，领取码 %(code)s") % said)
            return redirect("membership:rewards")
    return _counter(request, CodeForm(), exchanging=form, status=422)


@require_POST
@signed_in(*COUNTER)
def cancellation(request: ViewerRequest, exchange: int) -> HttpResponseBase:
    if selectors.exchange_row(exchange) is None:
        raise Http404
    row = services.cancel_exchange(exchange=exchange, actor=request.viewer.employee)
    toast(request, _("已取消，%(points)s 积分退回原处") % {"points": row.points})
    return redirect("membership:rewards")


@require_GET
@signed_in(Role.OPERATOR)
def shelf(request: ViewerRequest) -> HttpResponseBase:
    return render(request, "membership/rewards/shelf.html", {"items": selectors.items(), "form": MoreForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponseBase:
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.offer_item(facts=form.facts())
        except Refused as refused:
            refuse(form, refused)
        else:
            toast(request, _("已上架。"))
            return redirect("membership:reward-shelf")
    return render(request, "membership/rewards/item_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@signed_in(Role.OPERATOR)
def sale(request: ViewerRequest, item: int) -> HttpResponseBase:
    """On the shelf or off it."""
    services.put_on_sale(item=_item(item), on_sale=request.POST.get("on") == "1")
    return redirect("membership:reward-shelf")


@require_POST
@signed_in(Role.OPERATOR)
def stock(request: ViewerRequest, item: int) -> HttpResponseBase:
    services.restock(item=_item(item), more=number(request.POST.get("more", "")) or 0)
    toast(request, _("已补货。"))
    return redirect("membership:reward-shelf")


def _item(item: int) -> int:
    if selectors.item_row(item) is None:
        raise Http404
    return item


def _counter(request: ViewerRequest, form: Any, *, exchanging: Any = None, status: int = 200) -> HttpResponseBase:
    rows = selectors.waiting_exchanges(after=number(request.GET.get("after", "")), limit=PAGE)
    context = {
        "form": form,
        "exchanging": exchanging or ExchangeForm(),
        "rows": [(row, shown_code(row.code)) for row in rows],
        "next": f"?after={rows[-1].pk}" if len(rows) == PAGE else "",
    }
    return render(request, "membership/rewards/counter.html", context, status=status)

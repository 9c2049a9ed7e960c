"""A shift: put on the roster, changed, cancelled, and each of these undone."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clothier.desks.roster.addresses import on_day
from clothier.desks.roster.forms import ShiftForm, sealed_plan, unsealed_plan
from clothier.desks.roster.history import history_of, said
from clothier.desks.roster.views.week import PLANNERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.shops import Shop, shop_for, shop_of
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.contracts import ShiftChange, ShiftPlan, ShiftView
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import shift_for
from clothier.staff.services import Overtaken, add_shift, cancel_shift, move_shift, undo_shift_change

_UNPROCESSABLE = 422
_SUGGESTED = ("day", "employee", "post", "starts", "ends")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*PLANNERS)
def add(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    if request.method != "POST":
        known = {name: request.GET[name] for name in _SUGGESTED if name in request.GET}
        form = ShiftForm(initial={"day": shop.today.isoformat(), **known}, viewer=request.viewer, shop=shop)
        return _draw(request, shop, form)
    form = ShiftForm(request.POST, viewer=request.viewer, shop=shop)
    if form.is_valid():
        plan, double = form.plan(), form.cleaned_data["double"]
        try:
            change = add_shift(shift=plan, zone=shop.zone, double=double, actor=request.viewer.employee)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _done(request, shop, plan, _("已排入班表"), change)
    return _draw(request, shop, form, status=_UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*PLANNERS)
def edit(request: ViewerRequest, shift: int) -> HttpResponse:
    found = shift_for(request.viewer, shift)
    if request.method == "POST":
        return _save(request, shift, found)
    if found is None:
        raise Http404
    shop = shop_of(request.viewer, found.plan.store_id)
    form = ShiftForm(initial=_written(found.plan, shop), viewer=request.viewer, shop=shop, holder=_holder(found))
    return _draw(request, shop, form, found)


def _save(request: ViewerRequest, shift: int, found: ShiftView | None) -> HttpResponse:
    seen = _seen(request)
    shop = shop_of(request.viewer, seen.store_id)
    form = ShiftForm(request.POST, viewer=request.viewer, shop=shop, holder=_holder(found))
    if form.is_valid():
        plan, double, actor = form.plan(), form.cleaned_data["double"], request.viewer.employee
        try:
            change = move_shift(shift=shift, seen=seen, to=plan, zone=shop.zone, double=double, actor=actor)
        except Overtaken as overtaken:
            return _draw_again(request, shop, form, overtaken, shift)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _done(request, shop, plan, _("已保存") if change else _("没有改动"), change)
    return _draw(request, shop, form, found, status=_UNPROCESSABLE)


@require_POST
@signed_in(*PLANNERS)
def cancel(request: ViewerRequest, shift: int) -> HttpResponse:
    """Twice is once: a shift that is off the roster already is not an error."""
    seen = _seen(request)
    shop = shop_of(request.viewer, seen.store_id)
    change = cancel_shift(shift=shift, seen=seen, actor=request.viewer.employee)
    return _done(request, shop, seen, _("班次已取消"), change)


@require_POST
@signed_in(*PLANNERS)
def undo(request: ViewerRequest, store: str, shift: int, change: int) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    plan = undo_shift_change(store=shop.id, shift=shift, change=change, zone=shop.zone, actor=request.viewer.employee)
    toast(request, _("已撤销"))
    return _to_week(shop, plan)


def _holder(found: ShiftView | None) -> tuple[int, str] | None:
    return (found.plan.employee_id, found.name) if found else None


def _seen(request: ViewerRequest) -> ShiftPlan:
    try:
        return unsealed_plan(request.POST.get("seen", ""))
    except BadSignature:
        raise SuspiciousOperation("a shift's form came back with a broken seal") from None


def _written(plan: ShiftPlan, shop: Shop) -> dict[str, Any]:
    start, end = plan.starts_at.astimezone(shop.zone), plan.ends_at.astimezone(shop.zone)
    return {
        "employee": plan.employee_id,
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "post": plan.post,
        "zone": plan.zone_id,
        "seen": sealed_plan(plan),
    }


def _draw_again(request: ViewerRequest, shop: Shop, form: ShiftForm, overtaken: Overtaken, shift: int) -> HttpResponse:
    """What the person wrote stays, beside what the shift says now; saving once more overwrites it knowingly."""
    now = shift_for(request.viewer, shift)
    if now is None:
        # Nothing is left to save over: what was written becomes a new shift, if the person still wants one.
        fresh = {**{name: form.data.get(name) for name in _SUGGESTED}, "zone": form.data.get("zone")}
        form = ShiftForm(initial=fresh, viewer=request.viewer, shop=shop)
        return _draw(request, shop, form, notice=overtaken.message, status=409)
    form.data = data = request.POST.copy()
    data["seen"] = sealed_plan(now.plan)
    refuse(form, overtaken)
    return _draw(request, shop, form, now, overtaken=said(now, shop), status=409)


def _draw(
    request: ViewerRequest,
    shop: Shop,
    form: ShiftForm,
    shift: ShiftView | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "shop": shop,
        "shift": shift,
        "action": reverse("roster:shift", args=[shift.id]) if shift else reverse("roster:add", args=[shop.code]),
        "back": on_day("week", shop, shop.day(str(form["day"].value()))),
        "seen": sealed_plan(shift.plan) if shift else "",
        "history": history_of(request.viewer, shift.id, shop) if shift else [],
        **more,
    }
    return render(request, "roster/shift.html", context, status=status)


def _done(request: ViewerRequest, shop: Shop, plan: ShiftPlan, text: str, change: ShiftChange | None) -> HttpResponse:
    undo = reverse("roster:undo-shift", args=[shop.code, change.shift, change.change]) if change else ""
    toast(request, text, undo=undo)
    return _to_week(shop, plan)


def _to_week(shop: Shop, plan: ShiftPlan | None) -> HttpResponse:
    """303, so that a reload posts nothing twice."""
    day = shop.local_day(plan.starts_at) if plan else shop.today
    return HttpResponseRedirect(on_day("week", shop, day), status=303)

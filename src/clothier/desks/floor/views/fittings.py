"""The fitting page: pieces in, what came of each, another size, done."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.catalog.selectors import sku_by_barcode
from clothier.desks.floor.doors import FLOOR, fitting_of, visit_of
from clothier.desks.floor.forms import ItemForm, OutcomeForm
from clothier.desks.floor.selectors.rail import rail_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.visits import services
from clothier.visits.contracts import FittingView
from clothier.visits.selectors import choices


@signed_in(*FLOOR)
@require_POST
def opening(request: ViewerRequest, visit: int) -> HttpResponse:
    seen = visit_of(request.viewer, visit)
    row = services.open_fitting(visit=seen.id, room=number(request.POST.get("room", "")), **fact(request))
    return back(request, reverse("floor:fitting", args=[row.pk]))


@signed_in(*FLOOR)
@require_safe
def fitting(request: ViewerRequest, fitting: int) -> HttpResponse:
    rail = rail_of(request.viewer, fitting_of(request.viewer, fitting))
    return render(request, "floor/fitting.html", {"rail": rail, "choices": choices()})


@signed_in(*FLOOR)
@require_POST
def item(request: ViewerRequest, fitting: int) -> HttpResponse:
    """A scanned or typed code, or a tapped suggestion."""
    seen = fitting_of(request.viewer, fitting)
    form = ItemForm(request.POST)
    sku = sku_by_barcode(form.cleaned_data["code"]) if form.is_valid() else None
    if sku is None:
        raise Refused(_("没有找到这个货号，请核对吊牌"), field="code")
    services.bring_item(fitting=seen.id, sku=sku.pk, **fact(request))
    toast(request, _("已加入试穿：%(code)s") % {"code": sku.code})
    return back(request, reverse("floor:fitting", args=[fitting]))


@signed_in(*FLOOR)
@require_POST
def outcome(request: ViewerRequest, fitting: int, sku: int) -> HttpResponse:
    seen = fitting_of(request.viewer, fitting)
    form = OutcomeForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"outcome": "", "reason": ""}
    services.try_item(fitting=seen.id, sku=_in(seen, sku), **told, **fact(request))
    toast(request, _("试穿结果已记下"))
    return back(request, reverse("floor:fitting", args=[fitting]))


@signed_in(*FLOOR)
@require_POST
def swap(request: ViewerRequest, fitting: int, sku: int) -> HttpResponse:
    """The customer wants another size or colour: a call that a colleague on the floor can take."""
    seen = fitting_of(request.viewer, fitting)
    told = fact(request)
    services.ring_bell(
        store=seen.store_id,
        source="fitting_room",
        room=seen.room_id,
        visit=seen.visit_id,
        wish=request.POST.get("wish", ""),
        sku=_in(seen, sku),
        occurred_at=told["occurred_at"],
        key=told["key"],
    )
    toast(request, _("已呼叫同事换货"))
    return back(request, reverse("floor:fitting", args=[fitting]))


@signed_in(*FLOOR)
@require_POST
def closure(request: ViewerRequest, fitting: int) -> HttpResponse:
    seen = fitting_of(request.viewer, fitting)
    services.close_fitting(fitting=seen.id, rating=number(request.POST.get("rating", "")), **fact(request))
    toast(request, _("试穿结束"))
    return back(request, reverse("floor:visit", args=[seen.visit_id]))


def _in(fitting: FittingView, sku: int) -> int:
    """The piece, if it is in this fitting."""
    if sku not in {piece.sku_id for piece in fitting.items}:
        raise Http404
    return sku

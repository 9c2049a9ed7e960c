"""Activities: announced, changed, called off, looked back on."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.bookings import services
from clothier.bookings.contracts import ActivityView, SignUpView
from clothier.bookings.selectors import activities_between, activities_for, activity_view, sign_ups
from clothier.customers.selectors import faces
from clothier.desks.agenda.access import AGENDA
from clothier.desks.agenda.drawing import clock_of
from clothier.desks.agenda.forms import ActivityForm, CodeForm
from clothier.desks.agenda.picking import pick
from clothier.desks.roster import words
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.shops import Shop, shop_for, shops_for
from clothier.desks.shell.toasts import toast
from clothier.insights.selectors import activity_effect
from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest

KEEPERS = (Role.MANAGER, Role.OPERATOR)
BEHIND, AHEAD = timedelta(days=35), timedelta(days=92)


@require_safe
@signed_in(*AGENDA)
def listed(request: ViewerRequest, store: str) -> HttpResponse:
    """What is to come first, then what was."""
    shop, now = shop_for(request.viewer, store), clock.now()
    found = activities_between(request.viewer, store=shop.id, since=now - BEHIND, until=now + AHEAD)
    context = {
        "shop": shop,
        "shops": [one for one in shops_for(request.viewer) if one.kind != "online"],
        "coming": [_drawn(shop, one) for one in found if one.end > now],
        "past": [_drawn(shop, one) for one in reversed(found) if one.end <= now],
        "keeper": request.viewer.may(*KEEPERS),
    }
    return render(request, "agenda/activities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*KEEPERS)
def new(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    initial = {"day": shop.today, "kind": "talk"}
    form = ActivityForm(request.POST or None, initial=initial, viewer=request.viewer, store=shop.id, zone=shop.zone)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.announce(plan=form.plan(), actor=request.viewer.employee)
        except Refused as refused:
            refuse(form, _at_field(refused))
        else:
            toast(request, _("活动已安排"), undo=reverse("agenda:call-off", args=[row.pk]))
            return HttpResponseRedirect(reverse("agenda:activity", args=[row.pk]), status=303)
    context = {"shop": shop, "form": form, "activity": None}
    return render(request, "agenda/announce.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in(*AGENDA)
def show(request: ViewerRequest, activity: int) -> HttpResponse:
    view, shop = found(request.viewer, activity)
    return render(request, "agenda/activity.html", page(request, view, shop))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*KEEPERS)
def edit(request: ViewerRequest, activity: int) -> HttpResponse:
    view, shop = found(request.viewer, activity)
    if view.store_id is None:
        raise Refused(_("全部门店的活动请在后台修改"))
    initial = _written(request.viewer, view, shop)
    form = ActivityForm(request.POST or None, initial=initial, viewer=request.viewer, store=shop.id, zone=shop.zone)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(activity=view.id, plan=form.plan(), actor=request.viewer.employee)
        except Refused as refused:
            refuse(form, _at_field(refused))
        else:
            toast(request, _("已保存"))
            return HttpResponseRedirect(reverse("agenda:activity", args=[view.id]), status=303)
    context = {"shop": shop, "form": form, "activity": view}
    return render(request, "agenda/announce.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in(*KEEPERS)
def call_off(request: ViewerRequest, activity: int) -> HttpResponse:
    view, _shop = found(request.viewer, activity)
    services.call_off(activity=view.id, actor=request.viewer.employee)
    toast(request, _("活动已取消，已通知报名的顾客"), undo=reverse("agenda:put-back", args=[view.id]))
    return back(request, reverse("agenda:activity", args=[view.id]))


@require_POST
@signed_in(*KEEPERS)
def put_back(request: ViewerRequest, activity: int) -> HttpResponse:
    view, _shop = found(request.viewer, activity)
    services.put_back(activity=view.id, actor=request.viewer.employee)
    toast(request, _("活动已恢复"))
    return back(request, reverse("agenda:activity", args=[view.id]))


@require_safe
@signed_in(*AGENDA)
def sheet(request: ViewerRequest, activity: int) -> HttpResponse:
    """The list on paper, for the door."""
    view, shop = found(request.viewer, activity)
    return render(request, "agenda/list.html", page(request, view, shop))


def found(viewer: Viewer, activity: int) -> tuple[ActivityView, Shop]:
    """The activity with its store; what is everywhere is drawn on the clock of the viewer's first."""
    view = activity_view(viewer, activity)
    shops = shops_for(viewer)
    if view is None or not shops:
        raise Http404
    return view, next((shop for shop in shops if shop.id == view.store_id), shops[0])


def page(request: ViewerRequest, view: ActivityView, shop: Shop, **more: Any) -> dict[str, Any]:
    signed = sign_ups(request.viewer, view.id)
    names = faces(request.viewer, [one.customer_id for one in signed])
    rows = [_row(one, names.get(one.customer_id)) for one in signed]
    over = view.end <= clock.now()
    return {
        "activity": _drawn(shop, view),
        "shop": shop,
        "seated": [row for row in rows if row["signed"].state == "seated"],
        "waiting": [row for row in rows if row["signed"].state == "waiting"],
        "pick": pick(request.viewer, request.GET.get("q", ""), request.GET.get("customer", "")),
        "code": CodeForm(),
        "over": over,
        "soon": view.start - timedelta(hours=12) <= clock.now(),
        "effect": activity_effect(view.id, store=view.store_id, at=view.start) if over and view.attended else None,
        "keeper": request.viewer.may(*KEEPERS),
        **more,
    }


def _row(signed: SignUpView, face: Any) -> dict[str, Any]:
    name = " ".join(filter(None, (face.name, face.title))) if face else _("一位顾客")
    return {"signed": signed, "name": name}


def _drawn(shop: Shop, view: ActivityView) -> dict[str, Any]:
    return {
        "view": view,
        "day": words.long_day(shop.local_day(view.start)),
        "time": clock_of(shop, view.start, view.end),
        "part": view.taken / view.capacity if view.capacity else 0,
    }


def _written(viewer: Viewer, view: ActivityView, shop: Shop) -> dict[str, Any]:
    row = activities_for(viewer).get(pk=view.id)
    start, end = view.start.astimezone(shop.zone), view.end.astimezone(shop.zone)
    named = ("title", "title_en", "kind", "place", "capacity", "about", "about_en")
    told = {name: getattr(row, name) for name in named}
    return told | {"day": start.date(), "starts": start.time(), "ends": end.time(), "host": row.host_id}


def _at_field(refused: Refused) -> Refused:
    """The verb's times are the form's own fields."""
    field = {"starts_at": "starts", "ends_at": "ends"}.get(refused.field, refused.field)
    return Refused(refused.message, field=field)

"""Last week's roster for this week: first what it would do, then doing it."""

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clothier.desks.roster import words
from clothier.desks.roster.addresses import on_day
from clothier.desks.roster.copies import drawn_copy
from clothier.desks.roster.rules import monday_of
from clothier.desks.roster.views.week import PLANNERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.shops import Shop, shop_for
from clothier.desks.shell.toasts import toast
from clothier.staff.middleware import ViewerRequest
from clothier.staff.services import copy_roster, undo_copy


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*PLANNERS)
def copy(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    if request.method == "POST":
        return _copy(request, shop, monday_of(shop.day(request.POST.get("day"))))
    monday = monday_of(shop.day(request.GET.get("day")))
    context = {
        "shop": shop,
        "monday": monday,
        "label": words.week_label(monday),
        "copy": drawn_copy(request.viewer, shop, monday),
        "back": on_day("week", shop, monday),
    }
    return render(request, "roster/copy.html", context)


@require_POST
@signed_in(*PLANNERS)
def undo(request: ViewerRequest, store: str, change: int) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    undone = undo_copy(store=shop.id, change=change, actor=request.viewer.employee)
    text = ngettext("已撤下 %(n)s 个复制的班次", "已撤下 %(n)s 个复制的班次", undone.shifts)
    toast(request, text % {"n": undone.shifts})
    return _to(shop, undone.monday)


def _copy(request: ViewerRequest, shop: Shop, monday: date) -> HttpResponse:
    copied = copy_roster(store=shop.id, monday=monday, zone=shop.zone, actor=request.viewer.employee)
    if copied is None:
        toast(request, _("上周的班次都已在本周，没有新增。"))
    else:
        text = ngettext("已复制 %(n)s 个班次", "已复制 %(n)s 个班次", copied.shifts) % {"n": copied.shifts}
        toast(request, text, undo=reverse("roster:undo-copy", args=[shop.code, copied.change]))
    return _to(shop, monday)


def _to(shop: Shop, day: date) -> HttpResponse:
    return HttpResponseRedirect(on_day("week", shop, day), status=303)

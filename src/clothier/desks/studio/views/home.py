"""The operator's desk: the way to everything, what is stuck, and what happened."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.desks.studio import audit, machines, parking
from clothier.desks.studio.tiles import tiles
from clothier.eventlog.deliveries import retry as put_back
from clothier.eventlog.selectors import recent
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@require_GET
@signed_in(Role.OPERATOR)
def home(request: ViewerRequest) -> HttpResponseBase:
    entries, _older = recent(limit=8)
    facts = {
        "now": clock.now(),
        "tiles": tiles(),
        "lines": audit.lines(request.viewer, entries),
        "parked": parking.count(),
        "given_up": machines.count_given_up(),
    }
    return render(request, "studio/home.html", facts)


@require_GET
@signed_in(Role.OPERATOR)
def deliveries(request: ViewerRequest) -> HttpResponseBase:
    return render(request, "studio/deliveries.html", parking.page(_number(request, "before")))


@require_POST
@signed_in(Role.OPERATOR)
def retry(request: ViewerRequest, delivery: int) -> HttpResponseBase:
    put_back(delivery_id=delivery)
    toast(request, _("已放回队列，马上再试一次。"))
    return redirect("studio:deliveries")


@require_GET
@signed_in(Role.OPERATOR)
def log(request: ViewerRequest) -> HttpResponseBase:
    return render(request, "studio/log.html", audit.page(request.viewer, request.GET))


def _number(request: HttpRequest, name: str) -> int | None:
    return number(request.GET.get(name, ""))

"""One tap, one step. Each is a POST of its own, safe to send late and twice."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.floor.answers import stepped
from clothier.desks.floor.doors import FLOOR, seen
from clothier.desks.floor.forms import NeedForm, StylesForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.visits import services


@signed_in(*FLOOR)
@require_POST
def greeting(request: ViewerRequest, visit: int) -> HttpResponse:
    step = services.greet(visit=seen(request.viewer, visit), **fact(request))
    return stepped(request, visit, step.pk, _("已问候"))


@signed_in(*FLOOR)
@require_POST
def stopping(request: ViewerRequest, visit: int) -> HttpResponse:
    """The visitor stopped, or asked for somebody: the clock of the approach starts."""
    step = services.stop(
        visit=seen(request.viewer, visit),
        zone=number(request.POST.get("zone", "")),
        asked=bool(request.POST.get("asked")),
        **fact(request),
    )
    return stepped(request, visit, step.pk, _("已记下，请尽快接待"))


@signed_in(*FLOOR)
@require_POST
def approach(request: ViewerRequest, visit: int) -> HttpResponse:
    step = services.approach(visit=seen(request.viewer, visit), **fact(request))
    return stepped(request, visit, step.pk, _("您开始接待"))


@signed_in(*FLOOR)
@require_POST
def need(request: ViewerRequest, visit: int) -> HttpResponse:
    seen(request.viewer, visit)
    form = NeedForm(request.POST)
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]))
    told = form.cleaned_data
    step = services.record_need(
        visit=visit,
        occasion=told["occasion"],
        category=told["category"],
        wearer=told["wearer"],
        budget_fen=told["budget"],
        **fact(request),
    )
    return stepped(request, visit, step.pk, _("需求已记下"))


@signed_in(*FLOOR)
@require_POST
def proposal(request: ViewerRequest, visit: int) -> HttpResponse:
    seen(request.viewer, visit)
    form = StylesForm(request.POST)
    styles = form.cleaned_data["styles"] if form.is_valid() else []
    step = services.propose(visit=visit, style_ids=styles, **fact(request))
    return stepped(request, visit, step.pk, _("推荐已记下"))


@signed_in(*FLOOR)
@require_POST
def aid(request: ViewerRequest, visit: int) -> HttpResponse:
    seen(request.viewer, visit)
    step = services.offer_aid(visit=visit, kind=request.POST.get("kind", ""), **fact(request))
    return stepped(request, visit, step.pk, _("协助已记下"))


@signed_in(*FLOOR)
@require_POST
def departure(request: ViewerRequest, visit: int) -> HttpResponse:
    seen(request.viewer, visit)
    step = services.leave(visit=visit, outcome=request.POST.get("outcome", ""), **fact(request))
    return stepped(request, visit, step.pk, _("已送别"))


@signed_in(*FLOOR)
@require_POST
def undo(request: ViewerRequest, visit: int, step: int) -> HttpResponse:
    """Take a step back. An arrival taken back leaves no visit to show."""
    seen(request.viewer, visit)
    undone = services.undo(visit=visit, step=step, **fact(request))
    toast(request, _("已撤销"))
    home = reverse("floor:queue")
    return back(request, home if undone.kind == "arrived" else reverse("floor:visit", args=[visit]))

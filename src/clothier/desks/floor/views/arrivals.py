"""The greeter's plus: somebody came in, known or not."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clothier.desks.floor.doors import FLOOR, seen
from clothier.desks.floor.forms import ArrivalForm, IdentityForm
from clothier.desks.floor.selectors.people import expected
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.doors import Door, chosen, doors
from clothier.desks.shell.facts import fact
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest
from clothier.visits import services
from clothier.visits.selectors import arrival_step


@signed_in(*FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: ViewerRequest) -> HttpResponse:
    """A page of its own without script; the queue holds the same form in a dialog."""
    door = chosen(request, doors(request.viewer))
    if door is None:
        return HttpResponseRedirect(reverse("floor:store"))
    form = ArrivalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _arrived(request, door, form)
        except Refused as refused:
            refuse(form, refused)
    context = {"form": form, "door": door, "expected": expected(request.viewer, door)}
    return render(request, "floor/arrival.html", context, status=422 if form.errors else 200)


@signed_in(*FLOOR)
@require_POST
def identity(request: ViewerRequest, visit: int) -> HttpResponse:
    """An unknown visitor gives a member code."""
    seen(request.viewer, visit)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请填会员码、手机号或车牌"), field="value")
    customer = services.customer_by(kind=form.cleaned_data["kind"], value=form.cleaned_data["value"])
    step = services.identify(visit=visit, customer=customer, **fact(request))
    toast(request, _("已识别会员"), undo=reverse("floor:undo", args=[visit, step.pk]))
    return back(request, reverse("floor:visit", args=[visit]))


def _arrived(request: ViewerRequest, door: Door, form: ArrivalForm) -> HttpResponse:
    told = form.cleaned_data
    if told["value"]:
        row = services.check_in(
            store=door.id, kind=told["kind"] or "member", value=told["value"], party_size=told["party_size"],
            **fact(request),
        )  # fmt: skip
    else:
        booked = told["appointment"]
        row = services.arrive(
            store=door.id, via="appointment" if booked else "greeter", appointment=booked,
            party_size=told["party_size"], **fact(request),
        )  # fmt: skip
    first = arrival_step(row.pk)
    undo = reverse("floor:undo", args=[row.pk, first]) if first else ""
    toast(request, _("已登记到店"), undo=undo)
    return back(request, reverse("floor:queue"))

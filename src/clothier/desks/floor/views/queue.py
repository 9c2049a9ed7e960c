"""The first page: what needs doing now, and for whom."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clothier.bookings.selectors import routes_now
from clothier.desks.floor.doors import FLOOR
from clothier.desks.floor.selectors.queue import board_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.doors import CHOICE, chosen, doors
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
@require_safe
def queue(request: ViewerRequest) -> HttpResponse:
    found = doors(request.viewer)
    door = chosen(request, found)
    if door is None:
        return HttpResponseRedirect(reverse("floor:store"))
    board = board_of(request.viewer, door)
    partial = request.headers.get("HX-Target") == "queue"
    template = "floor/_queue.html" if partial else "floor/queue.html"
    routes = routes_now(request.viewer, store=door.id)
    return render(request, template, {"board": board, "door": door, "doors": found, "routes": routes})


@signed_in(*FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def store(request: ViewerRequest) -> HttpResponse:
    """Choose the store to stand in."""
    found = doors(request.viewer)
    wanted = number(request.POST.get("store", ""))
    if request.method == "POST" and wanted in {door.id for door in found}:
        request.session[CHOICE] = wanted
        return back(request, reverse("floor:queue"))
    return render(request, "floor/store.html", {"doors": found, "door": chosen(request, found)})

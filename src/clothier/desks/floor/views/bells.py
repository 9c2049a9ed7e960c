"""Somebody calls, somebody goes."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.floor.doors import FLOOR, bell_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.staff.middleware import ViewerRequest
from clothier.visits import services


@signed_in(*FLOOR)
@require_POST
def answer(request: ViewerRequest, bell: int) -> HttpResponse:
    seen = bell_of(request.viewer, bell)
    services.answer_bell(bell=seen.id, **fact(request))
    toast(request, _("客人已看到您正在过去"))
    return back(request, reverse("floor:queue"))

"""Where a manager pairs the screen in front of them, sees all screens, and prints the codes of the fitting rooms."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from clothier.desks.kiosk import services
from clothier.desks.kiosk.doors import COOKIE
from clothier.desks.kiosk.selectors import devices_for, room_token
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.squares import square
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role, Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.places.selectors import stores_for
from clothier.staff.middleware import ViewerRequest
from clothier.visits.selectors import rooms_for

TEN_YEARS = 10 * 365 * 86_400


class PairingForm(forms.Form):
    store = forms.ChoiceField(label=gettext_lazy("门店"))
    name = forms.CharField(label=gettext_lazy("这块屏幕的名字"), max_length=40)

    def __init__(self, viewer: Viewer, data: Any = None) -> None:
        super().__init__(data)
        stores = stores_for(viewer).exclude(kind="online").order_by("code")
        self.fields["store"].choices = [(row.pk, str(row)) for row in stores]  # type: ignore[attr-defined]


@signed_in(Role.MANAGER, Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: ViewerRequest) -> HttpResponse:
    form = PairingForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _pair(request, form)
        except Refused as refused:
            refuse(form, refused)
    context = {"form": form, "devices": devices_for(request.viewer)[:100], "rooms": _rooms(request)}
    return render(request, "kiosk/devices.html", context, status=422 if form.errors else 200)


@signed_in(Role.MANAGER, Role.OPERATOR)
@require_POST
def revocation(request: ViewerRequest, device: int) -> HttpResponse:
    row = get_object_or_404(devices_for(request.viewer), pk=device)
    services.revoke(device=row.pk, actor=request.viewer.employee)
    toast(request, _("屏幕已停用"))
    return HttpResponseRedirect(reverse("kiosk:devices"))


def _pair(request: ViewerRequest, form: PairingForm) -> HttpResponse:
    """This browser becomes the screen: the manager is signed out of it at once."""
    device, token = services.pair(
        store=int(form.cleaned_data["store"]), name=form.cleaned_data["name"], actor=request.viewer.employee
    )
    code = device.store.code
    logout(request)
    response = HttpResponseRedirect(reverse("kiosk:home", args=[code]))
    response.set_cookie(
        COOKIE,
        token,
        max_age=TEN_YEARS,
        path="/kiosk/",
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _rooms(request: ViewerRequest) -> list[dict[str, Any]]:
    """The fitting rooms of one store (?rooms=) with their codes, for printing."""
    wanted = number(request.GET.get("rooms", ""))
    rooms = rooms_for(request.viewer, store=wanted) if wanted is not None else []
    addresses = {room: request.build_absolute_uri(reverse("kiosk:room", args=[room_token(room.pk)])) for room in rooms}
    return [{"number": room.number, "address": at, "qr": square(at)} for room, at in addresses.items()]

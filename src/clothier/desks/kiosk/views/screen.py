"""The first page, which waits; today's activities; a member's own check-in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from clothier.bookings.selectors import activities_today
from clothier.desks.kiosk.doors import forget, paired, the_device
from clothier.desks.kiosk.models import Device
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.limits import spare
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.visits import services
from clothier.visits.selectors import day_plan


class ArrivalForm(forms.Form):
    value = forms.CharField(label=_("会员码或手机号"), max_length=30)


def _today(device: Device) -> list[Any]:
    start = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return activities_today(store=device.store_id, start=clock.now(), end=start + timedelta(days=1))


@paired
@require_safe
def home(request: HttpRequest, device: Device) -> HttpResponse:
    plan = day_plan(store=device.store_id)
    context = {**the_device(device), "activities": _today(device)[:3], "plan": plan, "now": clock.now()}
    return render(request, "kiosk/home.html", context)


@paired
@require_safe
def activities(request: HttpRequest, device: Device) -> HttpResponse:
    return render(request, "kiosk/activities.html", {**the_device(device), "activities": _today(device)})


@paired
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, device: Device) -> HttpResponse:
    """Check in by member code or phone. The screen greets, and shows nothing of the profile to who stands behind."""
    form = ArrivalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            spare("arrival", device.pk, a_minute=10)
            _check_in(device, form.cleaned_data["value"].strip())
            return forget(render(request, "kiosk/welcome.html", the_device(device)))
        except Refused as refused:
            refuse(form, refused)
    status = 422 if form.errors else 200
    return forget(render(request, "kiosk/arrival.html", {**the_device(device), "form": form}, status=status))


def _check_in(device: Device, value: str) -> None:
    kind = "phone" if value.isdecimal() and len(value) == 11 else "member"
    services.check_in(store=device.store_id, kind=kind, value=value, via="kiosk")

"""The bell of a screen: somebody is asked to come, perhaps with a piece in hand."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.catalog.selectors import skus
from clothier.desks.kiosk.doors import forget, paired, the_device
from clothier.desks.kiosk.models import Device
from clothier.desks.shell.limits import spare
from clothier.kernel import clock
from clothier.kernel.refs import number
from clothier.visits import services
from clothier.visits.selectors import bell_at

RECENT = timedelta(minutes=3)


def _context(device: Device) -> dict[str, Any]:
    bell = bell_at(store=device.store_id, place=device.place, since=clock.now() - RECENT)
    sku = skus([bell.sku_id]).get(bell.sku_id) if bell and bell.sku_id else None
    return {
        **the_device(device),
        "bell": bell,
        "sku": sku,
        "state_url": reverse("kiosk:call-state", args=[device.store.code]),
        "cancel_url": reverse("kiosk:call-cancellation", args=[device.store.code]),
    }


@paired
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, device: Device) -> HttpResponse:
    if request.method == "POST":
        spare("call", device.pk, a_minute=10)
        wanted = number(request.POST.get("sku", ""))
        sku = skus([wanted]).get(wanted) if wanted is not None else None
        services.ring_bell(store=device.store_id, source="kiosk", place=device.place, sku=sku.pk if sku else None)
        return HttpResponseRedirect(reverse("kiosk:call", args=[device.store.code]))
    return forget(render(request, "kiosk/call.html", _context(device)))


@paired
@require_safe
def state(request: HttpRequest, device: Device) -> HttpResponse:
    return forget(render(request, "kiosk/_state.html", _context(device)))


@paired
@require_POST
def cancellation(request: HttpRequest, device: Device) -> HttpResponse:
    bell = bell_at(store=device.store_id, place=device.place, since=clock.now() - RECENT)
    if bell:
        services.cancel_bell(bell=bell.id)
    return HttpResponseRedirect(reverse("kiosk:home", args=[device.store.code]))

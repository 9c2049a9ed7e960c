"""A kiosk page opens for a paired screen of that store, and for nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from clothier.desks.kiosk.models import Device
from clothier.desks.kiosk.selectors import device_by_token, spoken

COOKIE = "clothier_kiosk"
Page = Callable[..., HttpResponse]


def paired(page: Page) -> Page:
    """The page is given the device instead of the store's code; an unpaired screen is told what to do."""

    @wraps(page)
    def guarded(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        device = device_by_token(request.COOKIES.get(COOKIE, ""), store_code=code)
        if device is None:
            return render(request, "kiosk/unpaired.html", {"code": code}, status=403)
        # People in front of the screen read the store's own time.
        with timezone.override(ZoneInfo(device.store.zone_info)):
            return page(request, device, **kwargs)

    return guarded


def forget(response: HttpResponse) -> HttpResponse:
    """A screen shows one person's steps to the next one in no way: nothing is kept by the browser."""
    response["Cache-Control"] = "no-store"
    return response


def the_device(device: Device) -> dict[str, Any]:
    """What every kiosk page needs to know of where it stands."""
    return {"device": device, "store": spoken(device.store), "code": device.store.code}

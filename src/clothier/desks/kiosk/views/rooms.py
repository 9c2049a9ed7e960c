"""The page behind the QR code in a fitting room, on the customer's own phone."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.catalog.selectors import skus
from clothier.desks.kiosk.doors import forget
from clothier.desks.kiosk.selectors import RoomBell, room_by_token
from clothier.desks.shell.limits import address, spare
from clothier.kernel import clock
from clothier.kernel.refs import number
from clothier.visits import services
from clothier.visits.contracts import BellView
from clothier.visits.selectors import bell_at, choices, pieces_in_room

RECENT = timedelta(minutes=5)


def _room(token: str) -> RoomBell:
    found = room_by_token(token)
    if found is None:
        raise Http404
    return found


def _bell(room: RoomBell) -> BellView | None:
    return bell_at(store=room.store, place=f"room:{room.room}", since=clock.now() - RECENT)


def _context(room: RoomBell, token: str) -> dict[str, Any]:
    bell = _bell(room)
    sku = skus([bell.sku_id]).get(bell.sku_id) if bell and bell.sku_id else None
    return {
        "room": room,
        "bell": bell,
        "sku": sku,
        "token": token,
        "state_url": reverse("kiosk:room-state", args=[token]),
        "cancel_url": reverse("kiosk:room-cancellation", args=[token]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, token: str) -> HttpResponse:
    """Call somebody, or ask for another size or colour of a piece in the room."""
    found = _room(token)
    if request.method == "POST":
        spare("room", found.room, a_minute=12)
        spare("caller", address(request), a_minute=30)
        services.ring_bell(
            store=found.store,
            source="qr",
            room=found.room,
            wish=request.POST.get("wish", ""),
            sku=_sku(found, request.POST.get("sku", "")),
        )
        return HttpResponseRedirect(reverse("kiosk:room", args=[token]))
    pieces = skus(pieces_in_room(room=found.room))
    context = {**_context(found, token), "pieces": list(pieces.values()), "wishes": choices().wishes}
    return forget(render(request, "kiosk/room.html", context))


@require_safe
def state(request: HttpRequest, token: str) -> HttpResponse:
    return forget(render(request, "kiosk/_state.html", _context(_room(token), token)))


@require_POST
def cancellation(request: HttpRequest, token: str) -> HttpResponse:
    bell = _bell(_room(token))
    if bell:
        services.cancel_bell(bell=bell.id)
    return HttpResponseRedirect(reverse("kiosk:room", args=[token]))


def _sku(room: RoomBell, text: str) -> int | None:
    """The piece the wish is about, if it hangs in this room."""
    sku = number(text)
    return sku if sku is not None and sku in pieces_in_room(room=room.room) else None

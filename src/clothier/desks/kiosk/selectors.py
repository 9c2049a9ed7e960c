"""Which screen is asking, and the screens of a store."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from clothier.desks.kiosk.models import Device
from clothier.desks.kiosk.rules import digest
from clothier.kernel.access import SYSTEM, Viewer
from clothier.kernel.words import either
from clothier.visits.selectors import room_by_id

_SCREEN = "kiosk:"
_signer = Signer(salt="kiosk.room-bell")


@dataclass(frozen=True, slots=True)
class RoomBell:
    """A fitting room as its QR code knows it."""

    room: int
    number: str
    store: int
    store_name: str


def device_by_token(token: str, *, store_code: str) -> Device | None:
    """The live screen behind a cookie, in this store and in no other."""
    if not token:
        return None
    rows = Device.objects.select_related("store").filter(token_hash=digest(token), revoked_at=None)
    return rows.filter(store__code=store_code, store__closed_on=None).first()


def devices_for(viewer: Viewer) -> QuerySet[Device]:
    """Live screens of the viewer's stores, newest first."""
    rows = Device.objects.filter(revoked_at=None).select_related("store", "paired_by").order_by("-pk")
    return rows if viewer.stores is None else rows.filter(store__in=viewer.stores)


def screens_named(places: Iterable[str]) -> dict[str, str]:
    """The names of screens by where their bells hang ("kiosk:3"); what is no screen of ours is missing."""
    told = (place.removeprefix(_SCREEN) for place in places if place.startswith(_SCREEN))
    ids = [number for number in told if number.isdecimal()]
    rows = Device.objects.filter(pk__in=ids).values_list("pk", "name") if ids else ()
    return {f"{_SCREEN}{pk}": name for pk, name in rows}


def room_token(room: int) -> str:
    """What the QR code in a fitting room carries: the room, signed, so that no other room can be rung from afar."""
    return _signer.sign(str(room))


def room_by_token(token: str) -> RoomBell | None:
    """The room of a QR code; None when the signature or the room is wrong."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    row = room_by_id(SYSTEM, number)
    return RoomBell(row.pk, row.number, row.store_id, spoken(row.store)) if row else None


def spoken(store: Any) -> str:
    """A store's name in the reader's language."""
    return either(store.name, store.name_en)

"""Bells and fitting rooms."""

from datetime import datetime

from django.db.models import QuerySet

from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import word
from clothier.visits.contracts import BellView
from clothier.visits.models import Bell, FittingItem, Room


def bells_for(viewer: Viewer) -> QuerySet[Bell]:
    """Bells of the viewer's stores."""
    bells = Bell.objects.select_related("zone", "room", "answered_by")
    return bells if viewer.stores is None else bells.filter(store__in=viewer.stores)


def ringing(viewer: Viewer, *, store: int) -> list[BellView]:
    """Bells nobody answered yet, the longest wait first."""
    return [_told(bell) for bell in _ringing(store=store)] if viewer.sees(store) else []


@prepared
def _ringing(store: int) -> "QuerySet[Bell, Bell]":
    bells = Bell.objects.select_related("zone", "room", "answered_by").filter(store=store)
    return bells.filter(answered_at=None, cancelled_at=None).order_by("rung_at", "id")[:50]


def bell_view(viewer: Viewer, bell: int) -> BellView | None:
    row = bells_for(viewer).filter(pk=bell).first()
    return _told(row) if row else None


def rooms_for(viewer: Viewer, *, store: int) -> QuerySet[Room]:
    rooms = Room.objects.filter(store=store).select_related("zone")
    return rooms if viewer.stores is None else rooms.filter(store__in=viewer.stores)


def _told(bell: Bell) -> BellView:
    return BellView(
        id=bell.pk,
        store_id=bell.store_id,
        source=bell.source,
        source_name=word(Bell.Source, bell.source),
        place=bell.place,
        room=bell.room.number if bell.room else "",
        zone_name=str(bell.zone) if bell.zone else "",
        visit_id=bell.visit_id,
        wish=bell.wish,
        wish_name=word(Bell.Wish, bell.wish),
        sku_id=bell.sku_id,
        rung_at=bell.rung_at,
        answered_at=bell.answered_at,
        answered_by=bell.answered_by.name if bell.answered_by else "",
        cancelled_at=bell.cancelled_at,
    )


def bell_at(*, store: int, place: str, since: datetime) -> BellView | None:
    """The latest bell of a place since a moment: what whoever rang it may see of it."""
    rows = Bell.objects.select_related("zone", "room", "answered_by").filter(store=store, place=place)
    row = rows.filter(rung_at__gte=since).order_by("-rung_at", "-id").first()
    return _told(row) if row else None


def room_by_id(viewer: Viewer, room: int) -> Room | None:
    rows = Room.objects.select_related("store").filter(pk=room)
    return rows.first() if viewer.stores is None else rows.filter(store__in=viewer.stores).first()


def pieces_in_room(*, room: int) -> list[int]:
    """Articles of the fitting going on in a room; empty when nobody is in it."""
    items = FittingItem.objects.filter(fitting__room=room, fitting__closed_at=None)
    return list(items.order_by("brought_at", "id").values_list("sku_id", flat=True))

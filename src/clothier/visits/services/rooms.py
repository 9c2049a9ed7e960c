"""Fitting rooms as a store has them."""

from collections.abc import Iterable

from clothier.visits.models import Room


def add_rooms(*, store: int, zone: int | None, numbers: Iterable[str]) -> int:
    """Number a store's fitting rooms; those with a number already stay. How many the store has then."""
    Room.objects.bulk_create([Room(store_id=store, zone_id=zone, number=n) for n in numbers], ignore_conflicts=True)
    return Room.objects.filter(store=store).count()

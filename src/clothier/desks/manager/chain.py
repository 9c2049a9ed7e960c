"""All the stores somebody answers for, on one page: a row each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from clothier.desks.manager.day import Place, so_far
from clothier.kernel.access import Viewer
from clothier.places.selectors import open_stores
from clothier.standards.selectors import due_soon
from clothier.visits.selectors import visits_for

NEAR = timedelta(minutes=2)
MOST = 500


@dataclass(frozen=True, slots=True)
class Row:
    store: Place
    heads: int
    visits: int
    late: int
    near: int


def rows(viewer: Viewer, *, now: datetime, language: str) -> list[Row]:
    """Four queries for any number of stores. What is late comes first."""
    stores = open_stores(viewer)
    inside = _heads(viewer, stores)
    came = _came(viewer, stores, now)
    late: Counter[int] = Counter()
    near: Counter[int] = Counter()
    for promise in due_soon(viewer, before=now + NEAR, limit=MOST, language=language):
        if promise.store_id and promise.due_at:
            (late if promise.due_at <= now else near)[promise.store_id] += 1
    found = [
        Row(store, inside.get(store.pk, 0), came.get(store.pk, 0), late[store.pk], near[store.pk]) for store in stores
    ]
    return sorted(found, key=lambda row: (-row.late, -row.near, -row.heads, row.store.code))


def _heads(viewer: Viewer, stores: Sequence[Place]) -> dict[int, int]:
    open_ = visits_for(viewer).filter(store__in=[store.pk for store in stores], left_at=None)
    return dict(open_.order_by().values_list("store_id").annotate(heads=Sum("party_size")))


def _came(viewer: Viewer, stores: Sequence[Place], now: datetime) -> dict[int, int]:
    """Visits of the local day; stores name their zone, and the day begins with the easternmost of them."""
    start = min((so_far(ZoneInfo(store.zone_info), now).start for store in stores), default=now)
    # Named stores and a time: the index on both is used, however many visits there ever were.
    came = visits_for(viewer).filter(store__in=[store.pk for store in stores], arrived_at__gte=start)
    return dict(came.order_by().values_list("store_id").annotate(visits=Count("pk")))

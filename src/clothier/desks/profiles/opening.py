"""What the customers page shows before anybody typed: who is here, whom one just had, what waits."""

from typing import Any

from django.db.models import QuerySet

from clothier.customers.selectors import count_open_pairs, faces, may_keep, recently_opened, segments_for
from clothier.kernel.access import SYSTEM, Viewer
from clothier.kernel.rows import prepared
from clothier.places.selectors import store_names, stores_for
from clothier.visits.selectors import visits_for

SHOWN = 12
MOST = 100


def opening(viewer: Viewer) -> dict[str, Any]:
    """The same few queries whatever the size of the shop."""
    keeper = may_keep(viewer)
    return {
        "present": _present(viewer),
        "recent": recently_opened(viewer),
        "waiting": count_open_pairs(viewer, most=MOST) if keeper else 0,
        "most": MOST,
        "segments": [segment for segment, _number, _tree in segments_for(viewer, limit=6)] if keeper else [],
    }


@prepared
def _inside(stores: list[int] | None, limit: int) -> "QuerySet[Any, Any]":
    # Store by store: SQLite has the open visits in an index by store, and would otherwise read every visit there was.
    places: Any = stores_for(SYSTEM).values("pk") if stores is None else stores
    inside = visits_for(SYSTEM).filter(store__in=places, left_at=None, customer_id__isnull=False)
    return inside.order_by("-arrived_at").values_list("customer_id", "store_id", "arrived_at")[:limit]


def _present(viewer: Viewer) -> list[dict[str, Any]]:
    """Known customers in the viewer's stores now, last come first; a store's name where there are several."""
    rows = _inside(stores=viewer.stores, limit=2 * SHOWN)
    known = faces(viewer, [customer for customer, _store, _at in rows])
    stores = store_names({store for _customer, store, _at in rows}) if viewer.stores is None else {}
    here = {known[pk].customer_id: (known[pk], at, stores.get(store, "")) for pk, store, at in rows if pk in known}
    return [{"face": face, "at": at, "store": store} for face, at, store in list(here.values())[:SHOWN]]

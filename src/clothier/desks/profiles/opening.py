"""What the customers page shows before anybody typed: who is here, whom one just had, what waits."""

from typing import Any

from clothier.customers.selectors import count_open_pairs, faces, may_keep, recently_opened, segments_for
from clothier.kernel.access import Viewer
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


def _present(viewer: Viewer) -> list[dict[str, Any]]:
    """Known customers in the viewer's stores now, last come first; a store's name where there are several."""
    # Store by store: SQLite has the open visits in an index by store, and would otherwise read every visit there was.
    inside = visits_for(viewer).filter(store__in=stores_for(viewer).values("pk"), left_at=None)
    inside = inside.filter(customer_id__isnull=False).order_by("-arrived_at")
    rows = list(inside.values_list("customer_id", "store_id", "arrived_at")[: 2 * SHOWN])
    known = faces(viewer, [customer for customer, _store, _at in rows])
    stores = store_names({store for _customer, store, _at in rows}) if viewer.stores is None else {}
    here = {known[pk].customer_id: (known[pk], at, stores.get(store, "")) for pk, store, at in rows if pk in known}
    return [{"face": face, "at": at, "store": store} for face, at, store in list(here.values())[:SHOWN]]

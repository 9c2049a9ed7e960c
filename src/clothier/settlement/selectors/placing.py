"""Which business day of which store each row belongs to."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.settlement.models import BusinessDay
from clothier.settlement.rules.dates import belongs, date_of, micros_of, spans
from clothier.standards.selectors import document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from clothier.kernel.columns import Ints

# What is told later than this after its own day is nobody's day any more: it stays the last one's looked at.
LATEST = 31
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def sealed_days(store: int, first: date, last: date) -> dict[date, int]:
    """When each of a store's closed days was sealed, in microseconds."""
    rows = BusinessDay.objects.filter(store=store, date__range=(first, last), sealed_at__isnull=False)
    return {day: micros_of(at) for day, at in rows.values_list("date", "sealed_at") if at}


def days_of(stores: "Ints", moments: "Ints") -> "Ints":
    """The business day of each row as a date's ordinal, 0 for rows of no store."""
    return placed(stores, moments)[0]


def placed(stores: "Ints", moments: "Ints") -> "tuple[Ints, Ints]":
    """As `days_of`, and the day on which each row happened, which may have been closed by then."""
    found, happened = np.zeros(len(moments), dtype=np.int64), np.zeros(len(moments), dtype=np.int64)
    ends = document("settlement").day_ends
    zones = dict(stores_for(SYSTEM).values_list("pk", "zone_info"))
    for store in np.unique(stores).tolist():
        mine = np.flatnonzero(stores == store)
        zone = zones.get(store)
        if zone is None:
            continue
        low, high = (_EPOCH + timedelta(microseconds=int(edge(moments[mine]))) for edge in (np.min, np.max))
        first = date_of(low, zone=zone, ends=ends)
        last = date_of(high, zone=zone, ends=ends) + timedelta(days=LATEST)
        days = spans(first, last, zone=zone, ends=ends)
        place, before = belongs(moments[mine], moments[mine], days, sealed_days(store, first, last))
        found[mine] = first.toordinal() + np.minimum(place, len(days) - 1)
        happened[mine] = first.toordinal() + before
    return found, happened


def of_day(day: BusinessDay, moments: "Sequence[datetime]") -> "NDArray[np.bool_]":
    """Which of these moments in the day's store are the day's."""
    told = np.array([micros_of(at) for at in moments], dtype=np.int64)
    mine: NDArray[np.bool_] = days_of(np.full(len(told), day.store_id), told) == day.date.toordinal()
    return mine

"""Which business day something belongs to: the shop's own hours decide, and a closed day takes nothing more."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clothier.settlement.contracts import DaySpan

if TYPE_CHECKING:
    from clothier.kernel.columns import Ints

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


def micros_of(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICRO


def starts(day: date, *, zone: str, ends: time) -> datetime:
    """When a business day begins: at the local hour until which the evening before still counts."""
    return datetime.combine(day, ends, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def date_of(moment: datetime, *, zone: str, ends: time) -> date:
    """The business day of a moment: a sale at half past one in the night belongs to the evening before."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.date() - _DAY if local.time() < ends else local.date()


def spans(first: date, last: date, *, zone: str, ends: time) -> list[DaySpan]:
    """The business days from the first to the last, both included; a day of a clock change is as long as it is."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 2)]
    edges = [micros_of(starts(day, zone=zone, ends=ends)) for day in days]
    return [DaySpan(day, start, end) for day, start, end in zip(days, edges, edges[1:], strict=False)]


def belongs(
    moments: "Ints", recorded: "Ints", days: Sequence[DaySpan], sealed: Mapping[date, int]
) -> tuple["Ints", "Ints"]:
    """For each row its place among `days`, and that of the day on which it happened.

    What was recorded after its day was sealed goes to the next one that was open then. `sealed` are microseconds. A
    row from outside these days, or late beyond the last of them, gets -1 or the number of days.
    """
    import numpy as np  # Only those who compare books have arrays.

    edges = np.array([span.start for span in days] + [days[-1].end], dtype=np.int64)
    happened = np.searchsorted(edges, moments, side="right") - 1
    shut = np.array([sealed.get(span.date, 2**62) for span in days] + [2**62], dtype=np.int64)
    place = happened.copy()
    for _ in days:
        late = (place >= 0) & (place < len(days)) & (recorded > shut[np.clip(place, 0, len(days))])
        if not late.any():
            break
        place = place + late
    return place, happened

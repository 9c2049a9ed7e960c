"""When people come to which door: by the hour, as long as it lets anybody in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from clothier.simulation.chain import SHANGHAI
from clothier.simulation.draws import Ints
from clothier.simulation.shopping import HOUR_WEIGHTS, HOURS, WEEKDAY
from clothier.standards.selectors import opening_hours

# A street store's share of the flagship's visitors.
STREET = 0.2
# Visitors of each hour, as a share of a usual day's busiest; at night the always-open demo shop is half full.
_NIGHT = 0.5
_DAY_HOURS = {hour: weight / max(HOUR_WEIGHTS) for hour, weight in zip(HOURS, HOUR_WEIGHTS, strict=True)}
BUSY = tuple(max(_DAY_HOURS.get(hour, 0.0), _NIGHT) for hour in range(24))
# Nobody comes in shortly before closing, so that nobody is left behind.
LAST_ENTRY = timedelta(minutes=40)
_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Entrance:
    """A store's door in the past: its place among the stores, its calendar, visitors in the busiest hour."""

    place: int
    calendar: str
    busiest: float


def lets_in(calendar: str, days: Iterable[date]) -> Iterator[tuple[datetime, datetime]]:
    """From when to when a door lets people in. The always-open day has no last entry: the next begins as it ends."""
    for spans in opening_hours(calendar, days).values():
        for start, end in spans:
            yield start, end - (timedelta() if end - start >= timedelta(days=1) else LAST_ENTRY)


def comers(rng: np.random.Generator, entrances: Sequence[Entrance], *, day: date) -> tuple[Ints, Ints]:
    """Who comes in on a day: the stores' places and the moments, in the order of time."""
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).timestamp())
    share = np.array(BUSY) * WEEKDAY[day.weekday()]
    places, moments = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for door in entrances:
        hours = np.repeat(np.arange(24), rng.poisson(door.busiest * share))
        came = midnight + hours * _HOUR + rng.integers(0, _HOUR, len(hours))
        spans = [(start.astimezone(UTC).timestamp(), end.timestamp()) for start, end in lets_in(door.calendar, [day])]
        came = came[[any(start <= moment < end for start, end in spans) for moment in came.tolist()]]
        places.append(np.full(len(came), door.place))
        moments.append(came)
    order = np.argsort(np.concatenate(moments), kind="stable")
    return np.concatenate(places)[order], np.concatenate(moments)[order]

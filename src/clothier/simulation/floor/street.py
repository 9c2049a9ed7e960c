"""Where visitors come from: each shop's door, busier at some hours, shut when the shop is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from clothier.kernel import clock
from clothier.simulation.chain import SHANGHAI
from clothier.simulation.floor.guest import Guest
from clothier.simulation.floor.habits import Habits
from clothier.simulation.floor.shop import Shop
from clothier.simulation.footfall import BUSY, lets_in

_SHUT_LOOK = 300.0


@dataclass(frozen=True, slots=True)
class Door:
    """A shop's door: its calendar, and how many come in its busiest hour."""

    shop: Shop
    calendar: str
    busiest: float

    def rate(self) -> float:
        """Visitors an hour at this moment; none while the shop is shut or about to."""
        now = clock.now()
        if not self._is_open(now):
            return 0.0
        return self.busiest * BUSY[now.astimezone(SHANGHAI).hour]

    def _is_open(self, now: datetime) -> bool:
        today = now.astimezone(SHANGHAI).date()
        days: list[date] = [today - timedelta(days=1), today]
        return any(start <= now < end for start, end in lets_in(self.calendar, days))


def visitors(
    door: Door,
    rng: np.random.Generator,
    habits: Callable[[], Habits],
    enter: Callable[[Guest], None],
    *,
    until: datetime | None = None,
) -> Iterator[float]:
    """Let visitors in at the door's rate, for ever or until a moment: yields the seconds until the next one."""
    while until is None or clock.now() < until:
        rate = door.rate()
        if not rate:
            yield _SHUT_LOOK
            continue
        yield float(rng.exponential(3600 / rate))
        if door.rate():
            enter(Guest(door.shop, rng, habits))

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
from clothier.simulation.shopping import HOUR_WEIGHTS, HOURS
from clothier.standards.selectors import opening_hours

# Visitors of an hour in a hundred of a usual day's busiest hour; at night the always-open demo shop is half full.
_BUSY = {hour: weight / max(HOUR_WEIGHTS) for hour, weight in zip(HOURS, HOUR_WEIGHTS, strict=True)}
_NIGHT = 0.5
# Nobody comes in shortly before closing, so that nobody is left behind.
LAST_ENTRY = timedelta(minutes=40)
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
        return self.busiest * max(_BUSY.get(now.astimezone(SHANGHAI).hour, 0.0), _NIGHT)

    def _is_open(self, now: datetime) -> bool:
        today = now.astimezone(SHANGHAI).date()
        days: list[date] = [today - timedelta(days=1), today]
        spans = [span for spans in opening_hours(self.calendar, days).values() for span in spans]
        # The always-open day has no last entry: the next one begins as it ends.
        return any(start <= now < end - (timedelta() if end - start >= timedelta(days=1) else LAST_ENTRY)
                   for start, end in spans)  # fmt: skip


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

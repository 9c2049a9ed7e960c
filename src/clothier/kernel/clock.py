"""The only source of the time. A simulation or a test puts its own clock in, and a week runs in a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

# What somebody else noted a moment after this clock was read is not ahead of it: nobody set it back.
MEANWHILE = timedelta(seconds=5)


class SimulatedClock:
    """A clock that stands still until told to move."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs a zone: give an aware datetime")
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def advance(self, seconds: float) -> datetime:
        """Move forward; never back, because events are ordered by it. Raises ValueError on a negative step."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        self._at += timedelta(seconds=seconds)
        return self._at

    def move_to(self, at: datetime) -> datetime:
        return self.advance((at - self._at).total_seconds())


_simulated: ContextVar[SimulatedClock | None] = ContextVar("simulated_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    simulated = _simulated.get()
    return simulated.now() if simulated else datetime.now(UTC)


@contextmanager
def simulated(at: datetime) -> Iterator[SimulatedClock]:
    """Within the block `now()` is the simulated clock's."""
    clock = SimulatedClock(at)
    token = _simulated.set(clock)
    try:
        yield clock
    finally:
        _simulated.reset(token)

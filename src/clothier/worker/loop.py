"""A chore done over and over: until there is nothing to do, then until something is due or a moment has passed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection

from clothier.kernel import clock
from clothier.kernel.connections import refresh_connection

log = structlog.get_logger(__name__)
AFTER_ERROR = 2.0
# What is due and yet could not be done is in somebody else's hands: come back soon, but do not spin meanwhile.
SHORTEST = 0.02


@dataclass(frozen=True, slots=True)
class Chore:
    """`run` does a bounded piece of work and says how much; `next_due` when to come back, None for "no idea".

    `longest` bounds the sleep in seconds: work that somebody else records is found by then at the latest.
    """

    name: str
    run: Callable[[], int]
    next_due: Callable[[], datetime | None]
    longest: float = 0.25


def keep_doing(chore: Chore, stop: threading.Event, done: Callable[[Chore, int], None]) -> None:
    """Until `stop` is set; a piece of work once begun is finished. `done` hears of every round."""
    try:
        while not stop.is_set():
            refresh_connection()
            stop.wait(_round(chore, done))
    finally:
        connection.close()


def _round(chore: Chore, done: Callable[[Chore, int], None]) -> float:
    """Seconds to sleep before the next one."""
    try:
        worked = chore.run()
        done(chore, worked)
        return 0.0 if worked else _pause(chore)
    except Exception:
        # A chore outlives its errors: the database may be restarting, and nobody else would do the work.
        log.exception("chore_failed", chore=chore.name)
        connection.close()
        return AFTER_ERROR


def _pause(chore: Chore) -> float:
    due = chore.next_due()
    if due is None:
        return chore.longest
    return min(max((due - clock.now()).total_seconds(), SHORTEST), chore.longest)

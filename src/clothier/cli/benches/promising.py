"""Promises kept in time: beginning and keeping one, and the sweeper among as many open ones as you like."""

import statistics
import time
from datetime import timedelta
from uuid import uuid4

from clothier.cli.benches.measuring import Figure, percentiles, timed
from clothier.cli.benches.written import floor_of_writing, rows_written
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.standards.services import next_due, sweep, sweep_once, wait_too
from clothier.visits.services import arrive, greet
from clothier.visits.services.bulk import Arrival, arrive_all

AT_ONCE = 10_000
BATCH = 1000
TAPS = 200
ALONE = 100
LOOKS = 5  # a second, by a worker that has nothing to do


def promises(load: int) -> list[Figure]:
    """As many open promises as `load`; ten thousand of them fall due in the same second."""
    noon = clock.now().replace(hour=4, minute=0, second=0, microsecond=0)
    store = stores_for(SYSTEM).order_by("pk")[0].pk
    with clock.simulated(noon) as at:
        _sweep_all()
        taps = _taps(store, at)
        due = min(load, AT_ONCE)
        begun, rows = rows_written(lambda: _open(store, due))
        wait_too(load - due, since=noon + timedelta(hours=1))
        return [
            *taps,
            Figure("begun in bulk", due / begun.wall, "promises/s", due / floor_of_writing(rows), due / begun.cpu),
            *_waiting(),
            *_breaking(due, at),
            *_lag(store, at),
        ]


def _taps(store: int, at: clock.SimulatedClock) -> list[Figure]:
    """The whole verbs: an arrival begins the promise of a greeting, the greeting keeps it."""
    visits: list[int] = []
    arriving = [timed(lambda: visits.append(arrive(store=store, key=uuid4().hex).pk)) for _ in range(TAPS)]
    at.advance(1)
    greeting = [timed(lambda visit=visit: greet(visit=visit, actor=None, key=uuid4().hex)) for visit in visits]  # type: ignore[misc]
    return [
        Figure("begin one, with its arrival p50", statistics.median(arriving) * 1000, "ms"),
        Figure("keep one, with its greeting p50", statistics.median(greeting) * 1000, "ms"),
    ]


def _waiting() -> list[Figure]:
    look = percentiles("find the next due", next_due)
    floor = look[0].floor
    return [*look, Figure("idle cost", look[0].value * LOOKS, "ms a second", floor and floor * LOOKS)]


def _breaking(due: int, at: clock.SimulatedClock) -> list[Figure]:
    """Everything that is due is told, batch by batch; a step is told when its batch is committed."""
    at.advance(timedelta(minutes=1).total_seconds())
    told: list[float] = []
    began = time.perf_counter()

    def sweep_all() -> None:
        while handled := sweep_once(clock.now()):
            told.extend([time.perf_counter() - began] * handled)

    took, rows = rows_written(sweep_all)
    name, floor = f"{due} due in one second", due / max(floor_of_writing(rows), 1e-9)
    return [
        Figure(f"{name}, broken", due / took.wall, "promises/s", floor, due / took.cpu),
        Figure(f"{name}, told after p50", statistics.median(told), "s"),
        Figure(f"{name}, told after p99", statistics.quantiles(told, n=100)[-1], "s"),
    ]


def _open(store: int, count: int) -> None:
    # A kept shop has seen this bench before: its keys must be new ones.
    run = uuid4().hex[:12]
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        arrive_all(arrivals=[Arrival(store, "greeter", f"{run}-{number}") for number in numbers])


def _sweep_all() -> None:
    while sweep():
        pass


def _lag(store: int, at: clock.SimulatedClock) -> list[Figure]:
    """From the moment one promise is due to its step being recorded, with the sweeper awake."""
    took: list[float] = []
    for _ in range(ALONE):
        arrive_all(arrivals=[Arrival(store, "greeter", uuid4().hex)])
        at.advance(11)
        took.append(timed(sweep) * 1000)
    p99 = statistics.quantiles(took, n=100)[-1]
    return [
        Figure("one due, told after p50", statistics.median(took), "ms"),
        Figure("one due, told after p99", p99, "ms"),
    ]

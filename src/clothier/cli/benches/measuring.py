"""How long something takes, and how long the database alone would take for the same rows."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and its physical floor in the same unit; `ratio` is how far we are from it, 1 being the floor itself.

    A rate is better when higher, so its floor is the driver's higher rate and the ratio floor / value. `cpu` is the
    value by this process's processor time: what a machine without neighbours would show of whatever waits for nobody.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    cpu: float | None = None

    @property
    def ratio(self) -> float | None:
        if not self.floor or not self.value:
            return None
        return self.floor / self.value if self.unit.endswith("/s") else self.value / self.floor


def percentiles(name: str, ask: Callable[[], Any], *, rounds: int = ROUNDS) -> list[Figure]:
    """Median and 95th percentile in ms, warm, with the floor of the very queries it asked."""
    ask()
    with recorded() as queries:
        ask()
    times = [spent(ask) for _ in range(rounds)]
    floors = [timed(lambda: replay(queries)) for _ in range(rounds)]
    wall, cpu = [each.wall for each in times], [each.cpu for each in times]
    return [
        Figure(f"{name} {called}", of(wall) * 1000, "ms", of(floors) * 1000, of(cpu) * 1000)
        for called, of in (("p50", statistics.median), ("p95", _p95))
    ]


def once(name: str, work: Callable[[], Any]) -> Figure:
    """Seconds of something that is done once."""
    took = spent(work)
    return Figure(name, took.wall, "s", cpu=took.cpu)


class Spent(NamedTuple):
    """Seconds by the clock, and of this process's processor time."""

    wall: float
    cpu: float


def spent(work: Callable[[], Any]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def timed(work: Callable[[], Any]) -> float:
    return spent(work).wall


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


@dataclass(slots=True)
class Queries:
    """Statements with their parameters, as they went to the driver: those that read, or also those that write."""

    verbs: tuple[str, ...] = ("SELECT",)
    told: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(self.verbs) and not many:
            self.told.append((sql, params))
        return execute(sql, params, many, context)


@contextmanager
def recorded(*, writing: bool = False) -> Iterator[Queries]:
    queries = Queries(("SELECT", "INSERT", "UPDATE", "DELETE") if writing else ("SELECT",))
    with connection.execute_wrapper(queries):
        yield queries


def replay(queries: Queries) -> None:
    """The same statements on the bare driver, every row fetched."""
    connection.ensure_connection()
    for sql, params in queries.told:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(driven(sql), params or ())
            cursor.fetchall()


def driven(sql: str) -> str:
    """A statement as the bare driver takes it."""
    return sql.replace("%s", "?").replace("%%", "%") if connection.vendor == "sqlite" else sql

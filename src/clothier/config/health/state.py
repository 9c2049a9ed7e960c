"""How the shop's machinery is doing, asked without counting a big table."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clothier.eventlog import selectors as eventlog
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.standards.selectors import count_open
from clothier.standards.services import next_due
from clothier.worker.selectors import last_beat

MOST = 10_000


@dataclass(frozen=True, slots=True)
class State:
    """Ages in seconds; None where there is nothing to measure."""

    waiting: int
    parked: int
    delivery_lag: float
    log_entries: int
    worker_silence: float | None
    open_promises: int
    promise_lag: float


def look() -> State:
    now = clock.now()
    return State(
        waiting=eventlog.count_due(now, most=MOST),
        parked=eventlog.count_parked(most=MOST),
        delivery_lag=_age(eventlog.earliest_due(), now) or 0.0,
        log_entries=eventlog.size_estimate(),
        worker_silence=_age(last_beat(), now),
        open_promises=count_open(SYSTEM, most=MOST),
        promise_lag=_age(next_due(), now) or 0.0,
    )


def reasons_not_ready() -> list[str]:
    """What keeps this process from serving, in words; empty when it may. Raises DatabaseError without a database.

    Without workers pages are still answered, so those are the figures' and the doctor's to tell.
    """
    reasons = []
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        reasons.append("the database is not at this version's shape: clothier run brings it there")
    if _unknown(executor):
        reasons.append("the database is of a later version: start this process anew")
    return reasons


def _unknown(executor: MigrationExecutor) -> bool:
    """Whether our packages' tables have steps behind them that this code does not know."""
    known = executor.loader.graph.nodes.keys()
    ours = executor.loader.migrated_apps
    return any(step[0] in ours and step not in known for step in executor.loader.applied_migrations)


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max((now - at).total_seconds(), 0.0)

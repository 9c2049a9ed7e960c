"""Everything a worker does."""

from clothier.eventlog import deliveries
from clothier.eventlog.selectors import earliest_due
from clothier.standards import services as promises
from clothier.worker.loop import Chore


def chores() -> list[Chore]:
    """Each runs in its own thread, so that a slow handler delays no promise."""
    return [
        Chore("deliveries", deliveries.run_due, earliest_due),
        Chore("promises", promises.sweep, promises.next_due),
        Chore("cadences", promises.open_cadences, promises.next_cadence, longest=60.0),
    ]

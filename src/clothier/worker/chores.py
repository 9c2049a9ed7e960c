"""Everything a worker does."""

from clothier.customers import services as customers
from clothier.customers.selectors import next_due
from clothier.eventlog import deliveries
from clothier.eventlog.selectors import earliest_due
from clothier.standards import services as promises
from clothier.worker.loop import Chore


def chores() -> list[Chore]:
    """Each runs in its own thread, so that a slow handler delays no promise."""
    return [
        Chore("deliveries", deliveries.run_due, earliest_due),
        Chore("promises", promises.sweep, promises.next_due),
        Chore("customers", customers.run_due, next_due, longest=60.0),
        Chore("rule_tags", customers.refresh_rule_tags, lambda: None, longest=3600.0),
        Chore("cadences", promises.open_cadences, promises.next_cadence, longest=60.0),
    ]

"""The past: what was over before anybody could have been in time, told as arrays, millions at a time."""

from django.db import transaction

from clothier.eventlog.contracts import History, deferred_handlers, historians
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import clock
from clothier.kernel.arrays import Cells, Every, first_free, load

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Entry,)


def record_history(history: History) -> None:
    """Append the events of a history; call it inside the transaction of the rows it tells of.

    Deferred handlers get their deliveries and historians their arrays. Inline subscribers hear nothing: a fact of the
    past starts no promise. For whoever has the log to himself. Raises ValidationError when the first payload is not
    the event's.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of the change it tells of")
    count = len(history.payloads)
    if not count:
        return
    history.event.model_validate_json(history.payloads[0])
    now = Every(int(clock.now().timestamp()))
    first = first_free(Entry)
    told: dict[str, Cells] = {
        "id": range(first, first + count),
        "type": Every(history.event.type),
        "version": Every(history.event.version),
        "subject_kind": Every(history.subject_kind),
        "subject_id": history.subjects,
        "customer_id": history.customers,
        "store_id": history.stores,
        "actor_id": history.actors if history.actors is not None else Every(None),
        "occurred_at": history.moments,
        "recorded_at": now,
        "payload": history.payloads,
    }
    load(Entry, count, told)
    known = not (isinstance(history.customers, Every) and history.customers.value is None)
    for name in deferred_handlers(history.event.type, known=known):
        load(Delivery, count, {"entry_id": range(first, first + count), "handler": Every(name), "due_at": now})
    for hear in historians(history.event.type):
        hear(history)

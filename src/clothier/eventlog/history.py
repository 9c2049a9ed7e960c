"""The past: what was over before anybody could have been in time, told as arrays, millions at a time."""

from clothier.eventlog.bulk import append, owe
from clothier.eventlog.contracts import History, historians
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.columns import Columns, Every, claim

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Entry,)


def record_history(history: History) -> None:
    """Append the events of a history; call it inside the transaction of the rows it tells of.

    Deferred handlers get their deliveries and historians their arrays. Inline subscribers hear nothing: a fact of the
    past starts no promise. For whoever has the log to himself. Raises ValidationError when the first payload is not
    the event's.
    """
    count, now = len(history.payloads), clock.now()
    if not count:
        return
    history.event.model_validate_json(history.payloads[0])
    rows: Columns = {
        "id": claim(Entry, count),
        "subject_kind": Every(history.subject_kind),
        "subject_id": history.subjects,
        "customer_id": history.customers,
        "store_id": history.stores,
        "actor_id": history.actors if history.actors is not None else Every(None),
        "occurred_at": history.moments,
        "payload": history.payloads,
    }
    ids = append(history.event, rows, count=count, now=now)
    unknown = isinstance(history.customers, Every) and history.customers.value is None
    owe(history.event, ids, known=[] if unknown else ids, now=now)
    for hear in historians(history.event.type):
        hear(history)

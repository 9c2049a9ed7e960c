"""The past: what was over before anybody could have been in time, told as arrays, millions at a time."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from clothier.eventlog.bulk import append, owe
from clothier.eventlog.contracts import History, historians
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.columns import Columns, Every, claim

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Entry,)


def record_history(*histories: History) -> None:
    """Append the events of histories; call it inside the transaction of the rows they tell of.

    Histories told together stand in the log in the order in which they happened. Deferred handlers get their
    deliveries and historians their arrays. Inline subscribers hear nothing: a fact of the past starts no promise,
    unless it is `witnessed`. For whoever has the log to himself. Raises ValidationError when a first payload is not
    the event's.
    """
    told = _numbered([history for history in histories if len(history.payloads)])
    for history in told:
        _append(history)
    for types, hear in historians():
        if wanted := [history for history in told if types is None or history.event.type in types]:
            hear(wanted)


def _numbered(histories: Sequence[History]) -> list[History]:
    """The histories with the keys of their entries, which rise with time where there are several."""
    if not histories:
        return []
    counts = [len(history.payloads) for history in histories]
    keys = np.array(claim(Entry, sum(counts)), dtype=np.int64)
    if len(histories) > 1:
        moments = np.concatenate([history.moments for history in histories])
        keys[np.argsort(moments, kind="stable")] = keys.copy()
    parts = np.split(keys, np.cumsum(counts)[:-1])
    return [replace(history, entries=part) for history, part in zip(histories, parts, strict=True)]


def _append(history: History) -> None:
    assert history.entries is not None
    history.event.model_validate_json(history.payloads[0])
    count, now = len(history.payloads), clock.now()
    rows: Columns = {
        "id": history.entries,
        "subject_kind": Every(history.subject_kind),
        "subject_id": history.subjects,
        "customer_id": history.customers,
        "store_id": history.stores,
        "actor_id": history.actors if history.actors is not None else Every(None),
        "occurred_at": history.moments,
        "recorded_at": history.moments if history.witnessed else Every(now),
        "payload": history.payloads,
    }
    append(history.event, rows, count=count, now=now)
    unknown = isinstance(history.customers, Every) and history.customers.value is None
    entries = history.entries.tolist()
    owe(history.event, entries, known=[] if unknown else entries, now=now, past=True)

"""Events of one type by the column: what many verbs have in common that change thousands of rows at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db import transaction

from clothier.eventlog.contracts import ANY, Event, deferred_handlers, inline_subscribers, parse
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import clock, columns


@dataclass(slots=True)
class Recorded:
    """A recorded event as inline subscribers see it (`Happening`), without the weight of a model instance."""

    id: int
    type: str
    subject_kind: str
    subject_id: int
    customer_id: int | None
    store_id: int | None
    actor_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    told: str

    @property
    def payload(self) -> Any:
        return _parsed(self.told)

    @property
    def event(self) -> Event:
        return parse(self.type, json.loads(self.told))


# Of a thousand arrivals most say the same.
@lru_cache(maxsize=256)
def _parsed(told: str) -> Mapping[str, Any]:
    return MappingProxyType(json.loads(told))


def record_alike(
    event: type[Event],
    payloads: Iterable[Mapping[str, Any]],
    *,
    subject_kind: str,
    subjects: Sequence[int],
    customers: Sequence[int | None],
    stores: Sequence[int | None],
    actors: Sequence[int | None],
    occurred_at: Sequence[datetime],
    keys: Sequence[str | None] = (),
) -> None:
    """Append events of one type, in order, as `record_all` does; call it inside the transaction of the change.

    Every payload is checked against the event's shape. Raises pydantic.ValidationError, and IntegrityError when one of
    the idempotency keys, where there are some, was used meanwhile.
    """
    now, count = clock.now(), len(subjects)
    if not count:
        return
    told = [event.model_validate(payload).model_dump_json(exclude_defaults=True) for payload in payloads]
    rows: columns.Columns = {
        "subject_kind": columns.Every(subject_kind),
        "subject_id": subjects,
        "customer_id": customers,
        "store_id": stores,
        "actor_id": actors,
        "occurred_at": occurred_at,
        "payload": told,
        "key": keys or columns.Every(None),
    }
    ids = append(event, rows, count=count, now=now)
    known = [pk for pk, customer in zip(ids, customers, strict=True) if customer is not None]
    owe(event, ids, known=known, now=now)
    rest = zip(ids, subjects, customers, stores, actors, occurred_at, told, strict=True)
    _tell_inline([
        Recorded(pk, event.type, subject_kind, subject, customer, store, actor, at, now, payload)
        for pk, subject, customer, store, actor, at, payload in rest
    ])  # fmt: skip


def _tell_inline(entries: list[Recorded]) -> None:
    for wanted, function in inline_subscribers():
        if wanted in (ANY, entries[0].type):
            function(list(entries))


def append(event: type[Event], rows: columns.Columns, *, count: int, now: datetime) -> Sequence[int]:
    """Put events of one type into the log, given as its columns; their ids."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of the change it tells of")
    alike = {"type": event.type, "version": event.version, "recorded_at": now}
    same = {name: columns.Every(value) for name, value in alike.items()}
    return columns.insert(Entry, {**same, **rows}, count=count)


def owe(event: type[Event], entries: Sequence[int], *, known: Sequence[int], now: datetime, past: bool = False) -> None:
    """Deliveries of entries to the deferred handlers; `known` are the entries about somebody known."""
    anybody = deferred_handlers(event.type, known=False, past=past)
    names = deferred_handlers(event.type, known=True, past=past)
    owed = [(entry, name) for name in names for entry in (entries if name in anybody else known)]
    delivery: columns.Columns = {
        "entry_id": [entry for entry, _name in owed],
        "handler": [name for _entry, name in owed],
        "due_at": columns.Every(now),
    }
    columns.insert(Delivery, delivery, count=len(owed))

"""Recording the events of a history: one type, many subjects, given as columns."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from clothier.eventlog.contracts import ANY, Event, awaited, deferred_handlers, inline_subscribers, parse
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
        return json.loads(self.told)

    @property
    def event(self) -> Event:
        return parse(self.type, self.payload)


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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of the change it tells of")
    now, count = clock.now(), len(subjects)
    if not count:
        return
    told = [event.model_validate(payload).model_dump_json(exclude_defaults=True) for payload in payloads]
    (stamp,) = columns.stamps([now])
    ids = columns.insert(
        Entry,
        {
            "type": columns.same(event.type, count),
            "version": columns.same(event.version, count),
            "payload": told,
            "subject_kind": columns.same(subject_kind, count),
            "subject_id": subjects,
            "customer_id": customers,
            "store_id": stores,
            "actor_id": actors,
            "occurred_at": columns.stamps(occurred_at),
            "recorded_at": columns.same(stamp, count),
            "key": keys or columns.same(None, count),
        },
        count=count,
    )
    entries = [
        Recorded(pk, event.type, subject_kind, subject, customer, store, actor, at, now, payload)
        for pk, subject, customer, store, actor, at, payload in zip(
            ids, subjects, customers, stores, actors, occurred_at, told, strict=True
        )
    ]
    if awaited(event.type):
        _owe(entries, stamp)
    _tell_inline(event.type, entries)


def _owe(entries: Iterable[Recorded], stamp: Any) -> None:
    """Deliveries to the deferred handlers, entry by entry."""
    owed = [
        (entry.id, name)
        for entry in entries
        for name in deferred_handlers(entry.type, known=entry.customer_id is not None)
    ]
    columns.insert(
        Delivery,
        {
            "entry_id": [entry for entry, _name in owed],
            "handler": [name for _entry, name in owed],
            "state": columns.same(Delivery.State.WAITING.value, len(owed)),
            "attempts": columns.same(0, len(owed)),
            "due_at": columns.same(stamp, len(owed)),
            "error": columns.same("", len(owed)),
        },
        count=len(owed),
    )


def _tell_inline(type_: str, entries: list[Recorded]) -> None:
    for wanted, function in inline_subscribers():
        if wanted in (ANY, type_) and entries:
            function(list(entries))

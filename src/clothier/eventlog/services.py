"""Recording: one transaction holds the rows' change, the event, the promise clocks and the deliveries owed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from clothier.eventlog.bulk import record_alike as record_alike  # many events of one type, as columns
from clothier.eventlog.contracts import ANY, Event, Happening, deferred_handlers, inline_subscribers
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert, new


class AlreadyRecorded(Exception):
    """The idempotency key was used before: whoever repeats it gets the first outcome, not a second effect."""

    def __init__(self, key: str) -> None:
        super().__init__(f"already recorded under {key}")
        self.key = key


@dataclass(frozen=True, slots=True)
class Note:
    """An event about to be recorded. `occurred_at` defaults to now; `actor` is an employee's id."""

    event: Event
    subject: Ref
    customer: int | None = None
    store: int | None = None
    actor: int | None = None
    occurred_at: datetime | None = None
    key: str | None = None


def record(
    event: Event,
    *,
    subject: Ref,
    customer: int | None = None,
    store: int | None = None,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Entry:
    """Append one event; call it inside the verb's transaction. Raises AlreadyRecorded on a used key."""
    return record_all([Note(event, subject, customer, store, actor, occurred_at, key)])[0]


def record_all(notes: Iterable[Note]) -> list[Entry]:
    """Append many events in one step, in order; inline subscribers run once for all of them."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of the change it tells of")
    now = clock.now()
    entries = [_entry(note, now) for note in notes]
    _insert(entries)
    insert(list(_owed(entries, now)))
    _tell_inline(entries)
    return entries


def _owed(entries: Iterable[Entry], now: datetime) -> Iterator[Delivery]:
    """Deliveries to the deferred handlers, entry by entry."""
    handlers: dict[tuple[str, bool], list[str]] = {}
    for entry in entries:
        kind = entry.type, entry.customer_id is not None
        if kind not in handlers:
            handlers[kind] = deferred_handlers(entry.type, known=kind[1])
        for name in handlers[kind]:
            yield new(Delivery, entry_id=entry.id, handler=name, due_at=now)


def _entry(note: Note, now: datetime) -> Entry:
    return new(
        Entry,
        type=note.event.type,
        version=note.event.version,
        payload=note.event.model_dump(mode="json", exclude_defaults=True),
        subject_kind=note.subject.kind,
        subject_id=note.subject.id,
        customer_id=note.customer,
        store_id=note.store,
        actor_id=note.actor,
        occurred_at=note.occurred_at or now,
        recorded_at=now,
        key=note.key,
    )


def _insert(entries: list[Entry]) -> None:
    keys = [entry.key for entry in entries if entry.key]
    try:
        # The savepoint keeps the caller's transaction usable on PostgreSQL after a used key.
        with transaction.atomic(savepoint=bool(keys)):
            insert(entries)
    except IntegrityError:
        if used := Entry.objects.filter(key__in=keys).values_list("key", flat=True).first():
            raise AlreadyRecorded(used) from None
        raise


def _tell_inline(entries: Sequence[Happening]) -> None:
    for type_, function in inline_subscribers():
        if wanted := [entry for entry in entries if type_ in (ANY, entry.type)]:
            function(wanted)


def archive(before: datetime, *, folder: Path) -> int:
    """Move the oldest events recorded before a moment into a file in the folder; how many, 0 when none are left to."""
    # What writes such files takes a fifth of a second to load, which only the nights need to pay.
    from clothier.eventlog import archiving

    return archiving.archive(before, folder=folder)

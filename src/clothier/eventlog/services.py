"""Recording: one transaction holds the rows' change, the event, the promise clocks and the deliveries owed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.bulk import record_alike as record_alike  # many events of one type, as columns
from clothier.eventlog.contracts import ANY, Event, Happening, deferred_handlers, inline_subscribers
from clothier.eventlog.models import Delivery, Entry
from clothier.eventlog.selectors import first_told
from clothier.kernel import clock, nudges
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert, new

# A phone's clock may run ahead a little; a phone that was offline may tell of things up to two days later.
AHEAD = timedelta(minutes=3)
BEHIND = timedelta(days=2)
P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)


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
    transaction.on_commit(nudges.nudge, robust=True)
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


def believed(reported: datetime | None) -> datetime:
    """The moment a verb goes by: as reported, a clock slightly ahead read as now. Refused beyond AHEAD or BEHIND."""
    now = clock.now()
    if reported is None:
        return now
    if reported > now + AHEAD:
        raise Refused(_("手机时间比现在快，请校准后再试"), field="occurred_at")
    if reported < now - BEHIND:
        raise Refused(_("两天以前的事情不能再补记"), field="occurred_at")
    return min(reported, now)


def once(find: Callable[[Happening], M], *events: type[Event]) -> Callable[[Callable[P, M]], Callable[P, M]]:
    """Make a verb idempotent by its `key`: a repetition returns what `find` makes of the first entry.

    Two repetitions may race: the log's unique key lets one through, the other is rolled back and answered here.
    """

    def decorate(verb: Callable[P, M]) -> Callable[P, M]:
        @wraps(verb)
        def idempotent(*args: P.args, **kwargs: P.kwargs) -> M:
            key = kwargs.get("key")
            if not isinstance(key, str):
                return verb(*args, **kwargs)
            if found := _first(key, find, events):
                return found
            try:
                return verb(*args, **kwargs)
            except AlreadyRecorded:
                if found := _first(key, find, events):
                    return found
                raise

        return idempotent

    return decorate


def _first(key: str, find: Callable[[Happening], M], events: tuple[type[Event], ...]) -> M | None:
    entry = first_told(key, *events)
    return None if entry is None else find(entry)


def archive(before: datetime, *, folder: Path) -> int:
    """Move the oldest events recorded before a moment into a file in the folder; how many, 0 when none are left to."""
    # What writes such files takes a fifth of a second to load, which only the nights need to pay.
    from clothier.eventlog import archiving

    return archiving.archive(before, folder=folder)

"""Deferred handlers: claimed under a lease, run and crossed off in one transaction, parked when they keep failing."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Any

import structlog
from django.db import connection, transaction

from clothier.eventlog.bulk import Recorded
from clothier.eventlog.contracts import handler, handler_names
from clothier.eventlog.faults import told
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import clock
from clothier.kernel.columns import among, instant, moment, read, stamp, table
from clothier.kernel.rows import delete

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
ATTEMPTS = 8
BATCH = 500
LONGEST_PAUSE, JITTER = 3600.0, 0.25
LOST = f"WorkerLost: claimed {ATTEMPTS} times and never finished; each time the worker ended in the middle of it"
_DUE = "d.state = %s AND d.due_at <= %s"


@dataclass(slots=True)
class Claimed:
    """A delivery that is ours for a minute: `attempts` counts this one."""

    pk: int
    handler: str
    attempts: int
    entry: Recorded


def claim(*, limit: int = BATCH) -> list[Claimed]:
    """Take up to `limit` due deliveries for a minute. A worker that dies gives them back by the lease's end.

    One that was claimed before is claimed alone: if it is what killed the worker, nothing else is lost with it, and
    what has cost ATTEMPTS workers is parked instead of claimed again.
    """
    now = clock.now()
    due = [Delivery.State.WAITING.value, stamp(now)]
    if not read(f"SELECT 1 FROM {table(Delivery)} d WHERE {_DUE} LIMIT 1", due):  # noqa: S608 - our own names
        # An idle worker takes no write lock.
        return []
    with transaction.atomic():
        claimed = _batch(_held(due, limit))
        # The due time doubles as the lease: claimed rows are simply not due again until it has run out. What an
        # earlier attempt died of goes, for with an error the due time would be a pause.
        which, values = among("id", [delivery.pk for delivery in claimed])
        leased = f"UPDATE {table(Delivery)} SET due_at = %s, attempts = attempts + 1, error = '' WHERE {which}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(leased, [stamp(now + LEASE), *values])
    for delivery in claimed:
        delivery.attempts += 1
    return claimed


def _held(due: list[Any], limit: int) -> list[Claimed]:
    """What is due first, with its entries, locked."""
    # Where rows cannot be locked (SQLite) the transaction is the only writer, and nothing is to be skipped.
    lock = " FOR UPDATE OF d SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    ids = "e.id, e.type, e.subject_kind, e.subject_id, e.customer_id, e.store_id, e.actor_id"
    told = f"{ids}, {instant('e.occurred_at')}, {instant('e.recorded_at')}, e.payload"
    rows = f"{table(Delivery)} d JOIN {table(Entry)} e ON e.id = d.entry_id"
    first = f"WHERE {_DUE} ORDER BY d.due_at, d.id LIMIT %s{lock}"
    asked = f"SELECT d.id, d.handler, d.attempts, {told} FROM {rows} {first}"  # noqa: S608 - our own names
    return [
        Claimed(pk, handler, attempts, _recorded(*entry))
        for pk, handler, attempts, *entry in read(asked, [*due, limit])
    ]


def _recorded(
    pk: int,
    type_: str,
    kind: str,
    subject: int,
    customer: int | None,
    store: int | None,
    actor: int | None,
    occurred: Any,
    recorded: Any,
    payload: str,
) -> Recorded:
    return Recorded(pk, type_, kind, subject, customer, store, actor, moment(occurred), moment(recorded), payload)


def _batch(due: list[Claimed]) -> list[Claimed]:
    """What to claim of the rows held: the fresh ones in front, or the one in front that was claimed before."""
    lost = [delivery.pk for delivery in due if delivery.attempts >= ATTEMPTS]
    if lost:
        Delivery.objects.filter(pk__in=lost).update(state=Delivery.State.PARKED, error=LOST)
        due = [delivery for delivery in due if delivery.attempts < ATTEMPTS]
    return list(takewhile(lambda delivery: not delivery.attempts, due)) or due[:1]


def deliver(delivery: Claimed) -> bool:
    """Run one claimed delivery. True when its effect is in; False when it failed or somebody else had it."""
    try:
        return bool(_run([delivery]))
    except Exception as error:
        _fail(delivery, told(error))
        return False


def run_due(*, limit: int = BATCH) -> int:
    """Claim and deliver once; the number claimed, so that a caller knows whether to ask again."""
    claimed = claim(limit=limit)
    by_handler: defaultdict[str, list[Claimed]] = defaultdict(list)
    for delivery in claimed:
        by_handler[delivery.handler].append(delivery)
    for name, batch in by_handler.items():
        if not _together(name, batch):
            for delivery in batch:
                deliver(delivery)
    return len(claimed)


def _together(name: str, batch: list[Claimed]) -> bool:
    """Whether a handler that takes many at once has taken these; if not, they are tried one by one."""
    if len(batch) < 2 or name not in handler_names() or not handler(name).together:
        return False
    try:
        _run(batch)
    except Exception:
        log.warning("deliveries_one_by_one", handler=name, number=len(batch), exc_info=True)
        return False
    return True


def _run(batch: list[Claimed]) -> int:
    """Cross deliveries of one handler off and run it, in one transaction; how many were still ours."""
    if before := handler(batch[0].handler).before:
        for delivery in batch:
            before(delivery.entry)
    with transaction.atomic():
        # Taking the rows first: a second worker with an expired lease finds them gone or claimed anew.
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        which, values = among("id", [delivery.pk for delivery in batch])
        held = set(read(f"SELECT id, attempts FROM {table(Delivery)} WHERE {which} ORDER BY id{lock}", values))  # noqa: S608
        mine = [delivery for delivery in batch if (delivery.pk, delivery.attempts) in held]
        if mine:
            delete(Delivery, *among("id", [delivery.pk for delivery in mine]))
            handler(mine[0].handler).function([delivery.entry for delivery in mine])
        return len(mine)


def retry(*, delivery_id: int) -> None:
    """Put a parked delivery back in the queue with fresh attempts."""
    Delivery.objects.filter(pk=delivery_id, state=Delivery.State.PARKED).update(
        state=Delivery.State.WAITING, attempts=0, due_at=clock.now()
    )


def call_forward() -> int:
    """After the machine's clock was set back: nothing waits longer than it was meant to. How many had to be moved."""
    now = clock.now()
    ahead = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__gt=now + clock.MEANWHILE)
    if not ahead.exists():
        return 0
    longest = now + timedelta(seconds=LONGEST_PAUSE * (1 + JITTER))
    return (
        ahead.filter(attempts=0).update(due_at=now)
        + ahead.filter(attempts__gt=0, error="", due_at__gt=now + LEASE + clock.MEANWHILE).update(due_at=now + LEASE)
        + ahead.filter(due_at__gt=longest + clock.MEANWHILE).update(due_at=longest)
    )


def _fail(delivery: Claimed, error: str) -> None:
    parked = delivery.attempts >= ATTEMPTS
    # Jitter keeps deliveries that failed together from coming back together.
    pause = min(2.0**delivery.attempts, LONGEST_PAUSE) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        state=Delivery.State.PARKED if parked else Delivery.State.WAITING,
        due_at=clock.now() + timedelta(seconds=pause),
        error=error,
    )

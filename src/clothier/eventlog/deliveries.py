"""Deferred handlers: claimed under a lease, run and crossed off in one transaction, parked when they keep failing."""

import random
from collections import defaultdict
from datetime import timedelta
from itertools import takewhile

import structlog
from django.db import transaction
from django.db.models import F

from clothier.eventlog.contracts import handler, handler_names
from clothier.eventlog.faults import told
from clothier.eventlog.models import Delivery
from clothier.kernel import clock
from clothier.kernel.rows import delete, marks

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
ATTEMPTS = 8
BATCH = 500
LONGEST_PAUSE, JITTER = 3600.0, 0.25
LOST = f"WorkerLost: claimed {ATTEMPTS} times and never finished; each time the worker ended in the middle of it"


def claim(*, limit: int = BATCH) -> list[Delivery]:
    """Take up to `limit` due deliveries for a minute. A worker that dies gives them back by the lease's end.

    One that was claimed before is claimed alone: if it is what killed the worker, nothing else is lost with it, and
    what has cost ATTEMPTS workers is parked instead of claimed again.
    """
    now = clock.now()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now).order_by("due_at", "id")
    if not due.exists():
        # An idle worker takes no write lock.
        return []
    with transaction.atomic():
        # Where rows cannot be locked (SQLite) the transaction is the only writer, and nothing is to be skipped.
        held = due.select_for_update(skip_locked=True, of=("self",)).select_related("entry")
        claimed = _batch(list(held[:limit]))
        # The due time doubles as the lease: claimed rows are simply not due again until it has run out. What an
        # earlier attempt died of goes, for with an error the due time would be a pause.
        rows = Delivery.objects.filter(pk__in=[d.pk for d in claimed])
        rows.update(due_at=now + LEASE, attempts=F("attempts") + 1, error="")
    for delivery in claimed:
        delivery.attempts += 1
    return claimed


def _batch(due: list[Delivery]) -> list[Delivery]:
    """What to claim of the rows held: the fresh ones in front, or the one in front that was claimed before."""
    lost = [delivery.pk for delivery in due if delivery.attempts >= ATTEMPTS]
    if lost:
        Delivery.objects.filter(pk__in=lost).update(state=Delivery.State.PARKED, error=LOST)
        due = [delivery for delivery in due if delivery.attempts < ATTEMPTS]
    return list(takewhile(lambda delivery: not delivery.attempts, due)) or due[:1]


def deliver(delivery: Delivery) -> bool:
    """Run one claimed delivery. True when its effect is in; False when it failed or somebody else had it."""
    try:
        return bool(_run([delivery]))
    except Exception as error:
        _fail(delivery, told(error))
        return False


def run_due(*, limit: int = BATCH) -> int:
    """Claim and deliver once; the number claimed, so that a caller knows whether to ask again."""
    claimed = claim(limit=limit)
    by_handler: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in claimed:
        by_handler[delivery.handler].append(delivery)
    for name, batch in by_handler.items():
        if not _together(name, batch):
            for delivery in batch:
                deliver(delivery)
    return len(claimed)


def _together(name: str, batch: list[Delivery]) -> bool:
    """Whether a handler that takes many at once has taken these; if not, they are tried one by one."""
    if len(batch) < 2 or name not in handler_names() or not handler(name).together:
        return False
    try:
        _run(batch)
    except Exception:
        log.warning("deliveries_one_by_one", handler=name, number=len(batch), exc_info=True)
        return False
    return True


def _run(batch: list[Delivery]) -> int:
    """Cross deliveries of one handler off and run it, in one transaction; how many were still ours."""
    with transaction.atomic():
        # Taking the rows first: a second worker with an expired lease finds them gone or claimed anew.
        rows = Delivery.objects.select_for_update().filter(pk__in=[delivery.pk for delivery in batch]).order_by("pk")
        held = set(rows.values_list("pk", "attempts"))
        mine = [delivery for delivery in batch if (delivery.pk, delivery.attempts) in held]
        if mine:
            delete(Delivery, f"id IN ({marks(mine)})", [delivery.pk for delivery in mine])
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
    ahead = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__gt=now)
    if not ahead.exists():
        return 0
    longest = now + timedelta(seconds=LONGEST_PAUSE * (1 + JITTER))
    return (
        ahead.filter(attempts=0).update(due_at=now)
        + ahead.filter(attempts__gt=0, error="", due_at__gt=now + LEASE).update(due_at=now + LEASE)
        + ahead.filter(due_at__gt=longest).update(due_at=longest)
    )


def _fail(delivery: Delivery, error: str) -> None:
    parked = delivery.attempts >= ATTEMPTS
    # Jitter keeps deliveries that failed together from coming back together.
    pause = min(2.0**delivery.attempts, LONGEST_PAUSE) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        state=Delivery.State.PARKED if parked else Delivery.State.WAITING,
        due_at=clock.now() + timedelta(seconds=pause),
        error=error,
    )

"""Deferred handlers: claimed under a lease, run and crossed off in one transaction, parked when they keep failing."""

import random
import traceback
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from clothier.eventlog.contracts import handler
from clothier.eventlog.models import Delivery
from clothier.kernel import clock

LEASE = timedelta(seconds=60)
ATTEMPTS = 8


def claim(*, limit: int = 50) -> list[Delivery]:
    """Take up to `limit` due deliveries for a minute. A worker that dies gives them back by the lease's end."""
    now = clock.now()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now).order_by("due_at", "id")
    if not due.exists():
        # An idle worker takes no write lock.
        return []
    with transaction.atomic():
        # Where rows cannot be locked (SQLite) the transaction is the only writer, and nothing is to be skipped.
        held = due.select_for_update(skip_locked=True, of=("self",)).select_related("entry")
        claimed = list(held[:limit])
        # The due time doubles as the lease: claimed rows are simply not due again until it has run out.
        Delivery.objects.filter(pk__in=[d.pk for d in claimed]).update(due_at=now + LEASE, attempts=F("attempts") + 1)
    for delivery in claimed:
        delivery.attempts += 1
    return claimed


def deliver(delivery: Delivery) -> bool:
    """Run one claimed delivery. True when its effect is in; False when it failed or somebody else had it."""
    try:
        with transaction.atomic():
            # Deleting first takes the row: a second worker with an expired lease finds nothing and does nothing.
            mine, _ = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).delete()
            if mine:
                handler(delivery.handler)(delivery.entry)
            return bool(mine)
    except Exception:
        _fail(delivery, traceback.format_exc())
        return False


def run_due(*, limit: int = 50) -> int:
    """Claim and deliver once; the number claimed, so that a caller knows whether to ask again."""
    claimed = claim(limit=limit)
    for delivery in claimed:
        deliver(delivery)
    return len(claimed)


def retry(*, delivery_id: int) -> None:
    """Put a parked delivery back in the queue with fresh attempts."""
    Delivery.objects.filter(pk=delivery_id, state=Delivery.State.PARKED).update(
        state=Delivery.State.WAITING, attempts=0, due_at=clock.now()
    )


def _fail(delivery: Delivery, error: str) -> None:
    parked = delivery.attempts >= ATTEMPTS
    # Jitter keeps deliveries that failed together from coming back together.
    pause = min(2.0**delivery.attempts, 3600) * random.uniform(0.75, 1.25)  # noqa: S311
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        state=Delivery.State.PARKED if parked else Delivery.State.WAITING,
        due_at=clock.now() + timedelta(seconds=pause),
        error=error[-4000:],
    )

"""Telling other systems what happened: subscriptions, and postings that are retried until taken."""

import json
import random
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from clothier.api.models import Posting, Reading, Subscription
from clothier.api.webhooks.posting import NotTaken, post, signature
from clothier.api.webhooks.selectors import sendable
from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import entry_by_id
from clothier.eventlog.tail import Line, Tail, latest
from clothier.kernel import clock, vault

NAME = "webhooks"
# Longer than any transaction of ours may run before it commits its events.
GAP_PATIENCE = 3600.0
LEASE = timedelta(seconds=60)
# Eight tries over about nine hours.
ATTEMPTS = 8
FIRST_PAUSE, GROWTH, LONGEST_PAUSE, JITTER = 15.0, 4.0, 4 * 3600.0, 0.2


class Reader:
    """Follows the log and writes down who is owed what. Any number of workers may: a second one finds it written.

    Recording an event thus costs nothing more for being posted somewhere.
    """

    def __init__(self) -> None:
        self._tail: Tail | None = None

    def read(self) -> int:
        """Owe the entries that are new to the subscribers of their type; how many entries were looked at."""
        # The paused ones as well: what happens meanwhile is owed to them and waits.
        subscriptions = list(Subscription.objects.all())
        if not subscriptions:
            self._tail = None
            return 0
        if self._tail is None:
            # From where the readers before had come: what lies between is told, however long nobody was there.
            self._tail = Tail(place(), every=True, patience=GAP_PATIENCE)
        try:
            return self._read_on(self._tail, subscriptions)
        except DatabaseError:
            # What was read and not written down would never be looked at again: begin where all is settled.
            self._tail = None
            raise

    def _read_on(self, tail: Tail, subscriptions: list[Subscription]) -> int:
        before = tail.settled
        lines = tail.poll()
        _owe(lines, subscriptions)
        if tail.settled > before:
            Reading.objects.filter(name=NAME, settled__lt=tail.settled).update(settled=tail.settled)
        return len(lines)


def place() -> int:
    """How far the readers of the log have come; written down from the first subscription on."""
    row, _new = Reading.objects.get_or_create(name=NAME, defaults={"settled": latest()})
    return row.settled


def _owe(lines: list[Line], subscriptions: list[Subscription]) -> None:
    now = clock.now()
    Posting.objects.bulk_create(
        (
            Posting(subscription=each, entry_id=line.id, due_at=now)
            for line in lines
            for each in subscriptions
            if line.type in each.types
            and line.id > each.after
            and (each.stores is None or line.store_id in each.stores)
        ),
        ignore_conflicts=True,
    )


def post_due(*, limit: int = 20) -> int:
    """Claim postings that are due and send them, outside any transaction; the number claimed."""
    claimed = _claim(limit)
    for posting in claimed:
        _send(posting)
    return len(claimed)


def call_forward() -> int:
    """After the machine's clock was set back: no posting waits longer than it was meant to. How many were moved."""
    now = clock.now()
    ahead = Posting.objects.filter(state=Posting.State.WAITING, due_at__gt=now + clock.MEANWHILE)
    if not ahead.exists():
        return 0
    longest = now + timedelta(seconds=LONGEST_PAUSE)
    return (
        ahead.filter(attempts=0).update(due_at=now)
        + ahead.filter(attempts__gt=0, error="", due_at__gt=now + LEASE + clock.MEANWHILE).update(due_at=now + LEASE)
        + ahead.filter(due_at__gt=longest + clock.MEANWHILE).update(due_at=longest)
    )


def _claim(limit: int) -> list[Posting]:
    now = clock.now()
    due = sendable().filter(due_at__lte=now).order_by("due_at", "id")
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:limit])
        # The due time doubles as the lease, as with deliveries.
        Posting.objects.filter(pk__in=ids).update(due_at=now + LEASE, attempts=F("attempts") + 1, error="")
    return list(Posting.objects.filter(pk__in=ids).select_related("subscription").order_by("id"))


def _send(posting: Posting) -> None:
    entry = entry_by_id(posting.entry_id)
    if entry is None:
        _close(posting, state=Posting.State.PARKED, error=_("事件已不在日志里"))
        return
    body, now = _body(entry), int(clock.now().timestamp())
    headers = {"Clothier-Signature": signature(_secrets(posting.subscription), now, body), "Clothier-Event": entry.type}
    try:
        status = post(posting.subscription.url, body, {**headers, "Clothier-Delivery": str(posting.pk)})
    except NotTaken as reason:
        _fail(posting, reason)
    else:
        _close(posting, state=Posting.State.SENT, status=status, sent_at=clock.now(), error="")


def _secrets(subscription: Subscription) -> list[str]:
    """What signs now: the secret, and for a while after a change the one before."""
    sealed = [subscription.sealed_secret]
    if subscription.both_sign():
        sealed.append(subscription.sealed_before)
    return [vault.unseal(bytes(subscription.sealing_key), each) for each in sealed]


def _body(entry: Happening) -> bytes:
    told = {
        "id": entry.id,
        "type": entry.type,
        "subject": f"{entry.subject_kind}:{entry.subject_id}",
        "customer": entry.customer_id,
        "store": entry.store_id,
        "occurred_at": entry.occurred_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "data": entry.payload,
    }
    return json.dumps(told).encode()


def _fail(posting: Posting, reason: NotTaken) -> None:
    parked = posting.attempts >= ATTEMPTS
    pause = FIRST_PAUSE * GROWTH ** (posting.attempts - 1) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    _close(
        posting,
        state=Posting.State.PARKED if parked else Posting.State.WAITING,
        due_at=clock.now() + timedelta(seconds=min(pause, LONGEST_PAUSE)),
        status=reason.status,
        error=reason.reason[:300],
    )


def _close(posting: Posting, **changes: object) -> None:
    # Only while the claim still holds: after an overslept lease another worker's word counts.
    Posting.objects.filter(Q(pk=posting.pk), attempts=posting.attempts).update(**changes)

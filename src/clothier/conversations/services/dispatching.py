"""Replies on their way: after the commit, one after the other to each address, tried again, never doubled by us."""

import random
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Greatest

from clothier.conversations.channels.registry import channel_of
from clothier.conversations.contracts import Author, DispatchState, NewFile, NotSent, Outgoing
from clothier.conversations.events import MessageFailed
from clothier.conversations.models import Attachment, Dispatch, Message
from clothier.conversations.sealing import opened
from clothier.conversations.services.telling import tell
from clothier.conversations.storage import place
from clothier.kernel import clock, nudges, vault
from clothier.standards.selectors import document

log = structlog.get_logger(__name__)
# Whoever takes a reply has this long to send it; then somebody else tries.
LEASE = timedelta(seconds=60)
LONGEST_PAUSE, JITTER = 1800.0, 0.25
_ORDER = [DispatchState.QUEUED, DispatchState.SENT, DispatchState.DELIVERED, DispatchState.READ]


def send_due(*, limit: int = 20) -> int:
    """A chore: send what is due; how many were tried."""
    claimed = _claim(limit)
    for row in claimed:
        _send(row)
    return len(claimed)


def note_state(*, number: str, state: str) -> bool:
    """What a channel says became of a message: it only ever comes further. False for a number nobody knows."""
    wanted = DispatchState(state)
    # Said, because the index knows only those that have one, and SQLite does not conclude it.
    rows = Dispatch.objects.filter(number=number).exclude(number="")
    if wanted == DispatchState.FAILED:
        row = rows.exclude(state__in=[DispatchState.FAILED, DispatchState.READ]).first()
        return bool(row and _give_up(row, "reported"))
    before = _ORDER[: _ORDER.index(wanted)]
    return bool(rows.filter(state__in=before).update(state=wanted, changed_at=clock.now()))


def resend(*, message: int) -> bool:
    """Somebody tries a failed reply again. False when it did not fail."""
    failed = Dispatch.objects.filter(message=message, state=DispatchState.FAILED)
    now = clock.now()
    return bool(failed.update(state=DispatchState.QUEUED, attempts=0, due_at=now, changed_at=now, error=""))


def mark_seen(*, contacts: list[int], upto: int, read: bool) -> int:
    """The customer's page has shown (or the customer has read) our messages up to one; how many are new to them."""
    rows = Dispatch.objects.filter(message__contact__in=contacts, message__lte=upto)
    wanted = DispatchState.READ if read else DispatchState.DELIVERED
    behind = [state for state in _ORDER[1:] if _ORDER.index(state) < _ORDER.index(wanted)]
    return rows.filter(state__in=behind).update(state=wanted, changed_at=clock.now())


def _claim(limit: int) -> list[Dispatch]:
    now = clock.now()
    due = Dispatch.objects.filter(state=DispatchState.QUEUED, due_at__lte=now)
    if not due.exists():
        # An idle worker takes no write lock.
        return []
    with transaction.atomic():
        first = due.filter(~Exists(_earlier())).order_by("due_at", "message")
        rows = list(first.select_for_update(skip_locked=True, of=("self",))[:limit])
        taken = Dispatch.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(due_at=now + LEASE, attempts=F("attempts") + 1)
        return list(taken.select_related("message__contact__thread").order_by("pk"))


def _earlier() -> QuerySet[Dispatch]:
    """An earlier reply to the same address: what was said first arrives first."""
    queued = Dispatch.objects.filter(state=DispatchState.QUEUED, message__lt=OuterRef("message"))
    return queued.filter(message__contact=OuterRef("message__contact"))


def _send(row: Dispatch) -> None:
    try:
        number = channel_of(row.message.channel).send(_outgoing(row))
    except NotSent as error:
        _mine(row).update(parts=Greatest(F("parts"), error.gone))
        _failed(row, str(error), final=error.final)
    except Exception as error:
        log.exception("message_not_sent", message=row.pk)
        _failed(row, type(error).__name__, final=False)
    else:
        _mine(row).update(state=DispatchState.SENT, number=number[:120], error="", due_at=None, changed_at=clock.now())
        nudges.whisper("chat", row.message.contact.thread.ref)


def _failed(row: Dispatch, error: str, *, final: bool) -> None:
    if final or row.attempts >= document("service").attempts:
        _give_up(row, error)
        return
    # Jitter keeps what failed together from coming back together.
    pause = min(2.0**row.attempts, LONGEST_PAUSE) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    now = clock.now()
    _mine(row).update(due_at=now + timedelta(seconds=pause), error=error[:200], changed_at=now)


def _give_up(row: Dispatch, error: str) -> bool:
    with transaction.atomic():
        states = [DispatchState.FAILED, DispatchState.READ]
        left = Dispatch.objects.filter(pk=row.pk).exclude(state__in=states)
        if not left.update(state=DispatchState.FAILED, error=error[:200], due_at=None, changed_at=clock.now()):
            return False
        message = row.message
        failed = MessageFailed(
            thread_id=message.contact.thread_id,
            message_id=message.pk,
            channel=message.channel,
            about=message.sources.get("about", ""),
        )
        tell(message.contact.thread, failed)
        return True


def _mine(row: Dispatch) -> QuerySet[Dispatch]:
    """The row, unless somebody else took it over when our time was up."""
    return Dispatch.objects.filter(pk=row.pk, state=DispatchState.QUEUED, attempts=row.attempts)


def _outgoing(row: Dispatch) -> Outgoing:
    message = row.message
    contact = message.contact
    text = opened(contact.key, message.sealed)
    if text is None or contact.key is None:
        raise NotSent("erased", final=True)
    heard = Message.objects.filter(contact=contact, author=Author.CUSTOMER, pk__lt=message.pk).order_by("-pk").first()
    said = (opened(contact.key, heard.sealed) or "") if heard else ""
    return Outgoing(
        message=message.pk,
        thread=contact.thread_id,
        address=opened(contact.key, contact.sealed) or "",
        text=text,
        answers=(heard.external_id or "") if heard else "",
        heading=said.split("\n", 1)[0],
        files=_files(message),
        gone=row.parts,
    )


def _files(message: Message) -> tuple[NewFile, ...]:
    if not message.files:
        return ()
    key = bytes(message.contact.key or b"")
    return tuple(
        NewFile(opened(key, row.sealed_name) or "", vault.unseal_bytes(key, place(row.stored).read_bytes()))
        for row in Attachment.objects.filter(message=message).order_by("pk")
    )

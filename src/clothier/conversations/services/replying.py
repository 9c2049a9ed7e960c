"""Somebody of the house writes to a customer, or about one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.channels.registry import channel_of, connected
from clothier.conversations.contracts import Author, Blocked, Collision, DispatchState, NewFile, State
from clothier.conversations.events import NoteLeft, ReplySent
from clothier.conversations.models import Contact, Dispatch, Flag, Mention, Message, Thread
from clothier.conversations.rules.text import cleaned
from clothier.conversations.services import guard, threads
from clothier.conversations.services.assigning import give
from clothier.conversations.services.files import attach, inspected_all, require_carried
from clothier.conversations.services.telling import tell
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document


def _message(entry: Happening) -> Message:
    return Message.objects.get(pk=entry.payload["message_id"])


@once(_message, ReplySent, NoteLeft)
def reply(
    *,
    thread: int,
    text: str,
    actor: int | None,
    key: str | None = None,
    internal: bool = False,
    author: Author = Author.AGENT,
    attachments: Sequence[NewFile] = (),
    insist: str = "",
    seen: int | None = None,
    mentions: Sequence[int] = (),
    sources: Mapping[str, Any] | None = None,
) -> Message:
    """An answer on the address that wrote last; `internal`: a note that only colleagues read,
    and those `mentions` asks to look.

    Raises Blocked for what is never said, unless the agent insists with a reason; Collision when a colleague has the
    conversation or has answered since the message `seen`. The bot's author is BOT, its actor None.
    """
    said, files = cleaned(text), inspected_all(attachments)
    if not said and not files:
        raise Refused(_("请写点什么再发送。"), field="text")
    with transaction.atomic():
        row = threads.locked(thread)
        hits = guard.hits(said, topic=row.topic) if author == Author.AGENT and not internal else []
        stopped = [hit for hit in hits if hit.stops]
        if stopped and not insist.strip():
            raise Blocked(_("这句话里有不该说的表达，请换一种说法。"), stopped)
        if row.contact is None or row.contact.key is None:
            raise Refused(_("这个会话还没有可以回复的渠道。"))
        if not internal:
            _claim(row, author, actor, seen)
            spend(row.contact, author, parts=bool(said) + len(files))
            require_carried(row.contact.channel, files)
        message = _keep(row.contact, said, author, actor, internal=internal, files=len(files), sources=sources)
        attach(message, row.contact, files)
        Flag.objects.bulk_create(
            [
                Flag(
                    message=message,
                    employee_id=actor,
                    at=message.at,
                    rule=hit.key,
                    severity=hit.severity,
                    reason=insist.strip()[:120],
                )
                for hit in hits
            ]
        )
        if internal:
            _note(row, message, mentions, key)
        else:
            _said(row, message, key, insisted=bool(stopped))
        return message


def _claim(row: Thread, author: Author, actor: int | None, seen: int | None) -> None:
    """Who answers has the conversation; nobody answers into a colleague's."""
    if author == Author.BOT:
        if row.with_person:
            raise Collision(_("这个会话已经由人工接待。"))
        return
    if row.state == State.HELD and row.employee_id != actor:
        raise Collision(_("这个会话由另一位同事接待，请先转接。"))
    if seen is not None and _answered_since(row, seen, actor):
        raise Collision(_("刚刚已经有同事回复了，请看过再发。"))
    if row.state != State.HELD and actor is not None:
        give(row, actor, how="taken", actor=actor)


def spend(contact: Contact, author: Author, *, parts: int = 1) -> None:
    """So many replies less of those the channel allows: it counts words and files one by one. Machines leave two for a
    person.
    """
    if not connected(contact.channel):
        raise Refused(_("这个渠道没有接通，不能回复。"))
    budget = document("service").budgets.get(contact.channel)
    rows = Contact.objects.filter(pk=contact.pk)
    if budget is not None:
        since = clock.now() - timedelta(seconds=budget.within)
        most = budget.replies - parts - (0 if author == Author.AGENT else 2)
        rows = rows.filter(heard_at__gt=since, replies__lte=most)
    # Of two at once who spend the last one, one is told.
    if not rows.update(replies=F("replies") + parts):
        raise Refused(_("这个渠道不再允许回复：顾客来信后只能回复几条，过了时限也不行。请换一个渠道联系。"))


def _answered_since(row: Thread, seen: int, actor: int | None) -> bool:
    later = Message.objects.filter(contact__thread=row, pk__gt=seen, internal=False)
    later = later.exclude(author__in=[Author.CUSTOMER, Author.SYSTEM])
    return later.exclude(employee_id__isnull=False, employee_id=actor or 0).exists()


def _keep(
    contact: Contact,
    text: str,
    author: Author,
    actor: int | None,
    *,
    internal: bool,
    files: int,
    sources: Mapping[str, Any] | None,
) -> Message:
    now = clock.now()
    return Message.objects.create(
        contact=contact,
        channel=contact.channel,
        author=author,
        employee_id=actor,
        internal=internal,
        sealed=sealing.seal(contact, text),
        files=files,
        occurred_at=now,
        at=now,
        sources=dict(sources or {}),
    )


def _note(row: Thread, message: Message, mentions: Sequence[int], key: str | None) -> None:
    asked = sorted(set(mentions))
    Mention.objects.bulk_create([Mention(message=message, thread=row, employee_id=one) for one in asked])
    event = NoteLeft(thread_id=row.pk, message_id=message.pk, mentioned=asked)
    tell(row, event, actor=message.employee_id, key=key)


def _said(row: Thread, message: Message, key: str | None, *, insisted: bool) -> None:
    pushed = channel_of(message.channel).pushes
    state, due = (DispatchState.QUEUED, message.at) if pushed else (DispatchState.SENT, None)
    Dispatch.objects.create(message=message, state=state, due_at=due, changed_at=message.at)
    row.last_message, row.last_at, row.waiting_since, row.snoozed_until = message, message.at, None, None
    if message.author == Author.AGENT:
        row.misses = 0
    row.save(update_fields=["last_message", "last_at", "waiting_since", "snoozed_until", "misses"])
    sent = ReplySent(
        thread_id=row.pk,
        message_id=message.pk,
        channel=message.channel,
        author="human" if message.author == Author.AGENT else "bot",
        insisted=insisted,
    )
    tell(row, sent, actor=message.employee_id, key=key)

"""A customer's words arrive."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.channels.registry import channel_of, connected
from clothier.conversations.contracts import Author, NewFile, Reason, State
from clothier.conversations.events import ChatOpened, ChatWoken, CustomerWrote
from clothier.conversations.models import Contact, Message, Thread
from clothier.conversations.rules.text import cleaned
from clothier.conversations.services import threads
from clothier.conversations.services.assigning import ask
from clothier.conversations.services.files import attach, inspected_all
from clothier.conversations.services.telling import tell
from clothier.customers.selectors import by_identifier
from clothier.kernel import clock
from clothier.kernel.allowance import used
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch, insert
from clothier.staff.selectors import gone_home
from clothier.standards.selectors import document

# More than anybody types; what comes faster is a machine gone wrong.
MOST_A_MINUTE = 60


class _Known(Exception):
    """The same message came twice at once; the other was first."""


def receive(
    *,
    channel: str,
    sender: str,
    text: str,
    external_id: str,
    occurred_at: datetime | None = None,
    attachments: Sequence[NewFile] = (),
    customer: int | None = None,
    store: int | None = None,
    name: str = "",
    proven: bool = False,
) -> Message:
    """What somebody wrote on a channel; told again it is the same message. `sender` is the address there.

    `customer` is whom the caller knows the sender to be (otherwise an address that is a customer's identifier says so),
    `proven` that it vouches for it. Refused without words and files, for files that are not what they may be, and for
    more than MOST_A_MINUTE.
    """
    if known := _told(channel, external_id):
        return known
    if used(f"chat:{channel}:{sender}") > MOST_A_MINUTE:
        raise Refused(_("您发得太快了，请稍等一分钟。"))
    said, files = cleaned(text), inspected_all(attachments)
    if not said and not files:
        raise Refused(_("请写点什么再发送。"), field="text")
    known_as = channel_of(channel).identity(sender) if connected(channel) else None
    if known_as is not None:
        customer, proven = customer or by_identifier(known_as.kind, known_as.value), proven or known_as.proven
    try:
        with transaction.atomic():
            contact = threads.contact_of(channel=channel, address=sender, customer=customer, name=name, store=store)
            thread = threads.locked(contact.thread_id)
            message = _keep(contact, said, external_id, occurred_at, files=len(files))
            attach(message, contact, files)
            _heard(thread, contact, message, said, proven=proven)
            return message
    except _Known:
        return Message.objects.get(channel=channel, external_id=external_id[:120])


def _told(channel: str, external_id: str) -> Message | None:
    found = fetch(Message, "channel = %s AND external_id = %s", [channel, external_id[:120]])
    return found[0] if found else None


def _keep(contact: Contact, text: str, external_id: str, occurred_at: datetime | None, *, files: int) -> Message:
    now = clock.now()
    message = Message(
        contact=contact,
        channel=contact.channel,
        external_id=external_id[:120],
        author=Author.CUSTOMER,
        sealed=sealing.seal(contact, text),
        occurred_at=min(occurred_at or now, now),
        at=now,
        files=files,
    )
    try:
        with transaction.atomic():
            insert([message])
    except IntegrityError:
        raise _Known from None
    return message


def _heard(thread: Thread, contact: Contact, message: Message, said: str, *, proven: bool) -> None:
    """What follows for the conversation: open again, awake, waiting for an answer."""
    Contact.objects.filter(pk=contact.pk).update(heard_at=message.at, replies=0, proven=proven or F("proven"))
    opened = thread.state == State.CLOSED
    if opened:
        thread.state, thread.closed_at, thread.opened_at, thread.misses = State.BOT, None, message.at, 0
    thread.contact, thread.last_message, thread.last_at = contact, message, message.at
    thread.waiting_since = thread.waiting_since or message.at
    woken, thread.snoozed_until = thread.snoozed_until is not None, None
    rules = document("service")
    if opened or not thread.topic:
        found = rules.topic_of(said)
        thread.topic = found.key if found else ""
    thread.save(
        update_fields=[
            "state", "closed_at", "opened_at", "misses", "contact", "last_message", "last_at", "waiting_since",
            "snoozed_until", "topic",
        ]
    )  # fmt: skip
    if opened:
        tell(thread, ChatOpened(thread_id=thread.pk, channel=contact.channel))
    if woken:
        tell(thread, ChatWoken(thread_id=thread.pk))
    wrote = CustomerWrote(
        thread_id=thread.pk, message_id=message.pk, channel=contact.channel, with_person=thread.with_person
    )
    tell(thread, wrote)
    if thread.state == State.BOT and contact.channel not in rules.bot:
        ask(thread, Reason.ASKED)
    elif thread.state == State.HELD and gone_home([thread.employee_id or 0], message.at):
        ask(thread, Reason.SHIFT)

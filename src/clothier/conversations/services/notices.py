"""A word of the house to a customer who has not just asked: that a matter of theirs moved."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.channels.registry import channel_of, connected
from clothier.conversations.contracts import Author, DispatchState
from clothier.conversations.events import NoticeSent
from clothier.conversations.models import Contact, Dispatch, Message
from clothier.conversations.selectors.inbox import thread_of_customer
from clothier.conversations.services import threads
from clothier.conversations.services.alone import can_text
from clothier.conversations.services.replying import spend
from clothier.conversations.services.telling import tell
from clothier.customers.contracts import Kind, Malformed, normal
from clothier.customers.selectors import may_contact, person_of, phone_of, records_of
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.selectors import document

# Ways on which a customer is reached away from us, so that their word on being reached counts.
_AWAY = frozenset({"sms", "email", "wechat", "wecom", "phone"})


def _message(entry: Happening) -> Message:
    return Message.objects.get(pk=entry.payload["message_id"])


@once(_message, NoticeSent)
@transaction.atomic
def notify(
    *, text: str, key: str, about: Ref, thread: int | None = None, customer: int | None = None, texted: bool = False
) -> Message:
    """Tell a customer of a matter of theirs (`about`): where they wrote from while they are there, else by SMS
    (`texted`: in any case). `key` once.

    `thread`: the conversation the matter is spoken of in. It is brought as replies are: after the commit, tried again,
    its state visible. It answers nothing that the customer asked. Refused, in words, where no way is open.
    """
    there = _spoken_at(thread, customer)
    for contact in filter(None, [_by_text(there, customer)]) if texted else _ways(there, customer):
        try:
            with transaction.atomic():
                spend(contact, Author.SYSTEM)
        except Refused:
            continue
        return _sent(contact, text, key, about)
    raise Refused(_("没有可以发给顾客的渠道"))


def _ways(there: Contact | None, customer: int | None) -> Iterator[Contact]:
    """Addresses in the order they are tried."""
    if there and _present(there) and _allowed(there.channel, customer):
        yield there
    if texted := _by_text(there, customer):
        yield texted
    if there and there.channel in ("web", "api"):
        # The page shows it when they come back.
        yield there


def _spoken_at(thread: int | None, customer: int | None) -> Contact | None:
    """The address that wrote last; of a conversation that was not named, only one that is proven theirs."""
    known = thread
    if known is None and customer is not None and (person := person_of(customer)):
        known = thread_of_customer(records_of(person))
    row = threads.locked(known) if known is not None else None
    contact = row.contact if row else None
    if contact is None or contact.key is None or not (thread or contact.proven):
        return None
    return contact


def _present(contact: Contact) -> bool:
    """Whether what is written there reaches them: it is brought to them, or they were on the page just now."""
    if not connected(contact.channel) or contact.channel in ("phone", "kiosk"):
        return False
    since = clock.now() - timedelta(seconds=document("service").idle_bot)
    return channel_of(contact.channel).pushes or bool(contact.heard_at and contact.heard_at > since)


def _by_text(there: Contact | None, customer: int | None) -> Contact | None:
    if not can_text() or not _allowed("sms", customer):
        return None
    called = sealing.opened(there.key, there.sealed) if there and there.channel in ("phone", "sms") else ""
    try:
        phone = normal(Kind.PHONE, called or (phone_of(customer, purpose="service message") if customer else ""))
    except Malformed:
        return None
    return threads.contact_of(channel="sms", address=phone, customer=customer, name="", store=None)


def _allowed(channel: str, customer: int | None) -> bool:
    """Service on a matter of theirs needs no consent; a withdrawn one holds all the same."""
    return customer is None or channel not in _AWAY or may_contact(customer, purpose="service", channel=channel)


def _sent(contact: Contact, text: str, key: str, about: Ref) -> Message:
    row, now = threads.locked(contact.thread_id), clock.now()
    message = Message.objects.create(
        contact=contact, channel=contact.channel, author=Author.SYSTEM, sealed=sealing.seal(contact, text),
        occurred_at=now, at=now, sources={"about": str(about)},
    )  # fmt: skip
    pushed = channel_of(contact.channel).pushes
    state, due = (DispatchState.QUEUED, now) if pushed else (DispatchState.SENT, None)
    Dispatch.objects.create(message=message, state=state, due_at=due, changed_at=now)
    row.contact = row.contact or contact
    if row.waiting_since is None:
        # Whoever waits for an answer still shows what was asked.
        row.last_message, row.last_at = message, now
    row.save(update_fields=["contact", "last_message", "last_at"])
    event = NoticeSent(thread_id=row.pk, message_id=message.pk, channel=contact.channel)
    tell(row, event, key=key)
    return message

"""Letters fetched from the mailbox: people's become messages, machines' do not, and a bounce fails what it bounced."""

from datetime import timedelta

import structlog
from django.conf import settings

from clothier.conversations.channels.email.mailbox import Mailbox, Unreachable
from clothier.conversations.channels.email.reading import Letter, read_letter
from clothier.conversations.contracts import Author, DispatchState
from clothier.conversations.models import Contact, Cursor, Dispatch, Message
from clothier.conversations.sealing import address_hash
from clothier.conversations.services.dispatching import note_state
from clothier.conversations.services.receiving import receive
from clothier.kernel import clock
from clothier.kernel.errors import Refused

log = structlog.get_logger(__name__)
# Two machines that do not say that they are machines still stop after so many letters in an hour.
MOST_AN_HOUR = 20
_HOUR = timedelta(hours=1)


def fetch_letters() -> int:
    """A chore: take in new letters; how many were read. A letter is done when the cursor has passed it, and read again
    after a crash it is the same message.
    """
    told = settings.CHANNELS.get("email")
    if not told or not told.get("imap_host"):
        return 0
    name = f"email:{told['sender']}"[:120]
    cursor = Cursor.objects.filter(pk=name).values_list("value", flat=True).first() or ""
    read = 0
    try:
        for place, raw in Mailbox(told).letters(cursor):
            if raw is not None:
                take_in(read_letter(raw, own=str(told["sender"])))
            Cursor.objects.update_or_create(pk=name, defaults={"value": place})
            read += 1
    except Unreachable as error:
        log.warning("mailbox_unreachable", error=str(error))
    return read


def take_in(letter: Letter) -> Message | None:
    """The message a letter becomes; None for a machine's, one without words, and the twenty-first of an hour."""
    if letter.machine:
        if letter.bounced:
            _bounced(letter.bounced)
        return None
    if not letter.number or _too_many(letter.sender):
        log.info("letter_left_unread", why="loop" if letter.number else "unnumbered")
        return None
    text = "\n\n".join(part for part in (letter.subject, letter.text) if part)
    try:
        return receive(
            channel="email",
            sender=letter.sender,
            text=text,
            external_id=letter.number,
            occurred_at=letter.sent_at,
            attachments=letter.files,
            name=letter.name,
        )
    except Refused:
        return None


def _too_many(sender: str) -> bool:
    contact = Contact.objects.filter(hash=address_hash("email", sender), channel="email").first()
    if contact is None:
        return False
    lately = Message.objects.filter(contact=contact, author=Author.CUSTOMER, at__gt=clock.now() - _HOUR)
    return len(lately.order_by("-pk").values_list("pk", flat=True)[:MOST_AN_HOUR]) == MOST_AN_HOUR


def _bounced(message: int) -> None:
    number = Dispatch.objects.filter(pk=message).exclude(number="").values_list("number", flat=True).first()
    if number:
        note_state(number=number, state=DispatchState.FAILED)

"""Whose conversation it is: addresses, strangers, customers, and records that are one person."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.contracts import State
from clothier.conversations.events import ChatIdentified, ChatJoined, ChatParted
from clothier.conversations.models import Contact, Message, Thread
from clothier.conversations.services.telling import tell
from clothier.customers.selectors import is_living, person_of, records_of
from clothier.kernel import clock, vault
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch
from clothier.staff.selectors import desk_store


def locked(thread: int) -> Thread:
    """The conversation, held until the transaction is over; where it was joined to another, that one."""
    found = fetch(Thread, "id = %s", [thread], hold=True)
    if not found:
        raise Refused(_("没有找到这个会话。"), field="thread")
    (row,) = found
    return locked(row.joined_to_id) if row.joined_to_id else row


def contact_of(*, channel: str, address: str, customer: int | None, name: str, store: int | None) -> Contact:
    """The address, with a conversation to go with it; made when it is new. `customer` is who it belongs to, if known.

    Of two first messages at once the database lets one make the address; the other finds it.
    """
    hashed = sealing.address_hash(channel, address)
    known = fetch(Contact, "hash = %s AND channel = %s", [hashed, channel])
    found = known[0] if known else _new_contact(channel, hashed, address, customer=customer, store=store)
    if customer and found.customer_id != customer and (person := person_of(customer)):
        _place(found, customer, person)
    if name and not found.sealed_name:
        found.sealed_name = sealing.seal(found, name[:60])
        found.save(update_fields=["sealed_name"])
    return found


def identify(*, thread: int, customer: int, actor: int | None = None) -> Thread:
    """Somebody says who the stranger is. Every address of the conversation that nobody was known by becomes theirs."""
    with transaction.atomic():
        row = locked(thread)
        person = person_of(customer)
        if person is None or not is_living(customer):
            raise Refused(_("没有这位顾客。"), field="customer")
        strangers = list(row.contacts.filter(customer_id=None))
        if row.customer_id is not None and not strangers:
            raise Refused(_("这个会话已经属于一位顾客。"))
        for contact in strangers:
            _place(contact, customer, person, actor=actor)
        return Thread.objects.get(pk=strangers[0].thread_id) if strangers else row


def regroup(customers: Iterable[int]) -> None:
    """Records became one person, or several again: addresses go to the conversation of whoever they belong to now."""
    for person in {found for pk in customers if (found := person_of(pk))}:
        records = records_of(person)
        for contact in Contact.objects.filter(customer_id__in=records).order_by("pk"):
            lead = thread_of(person)
            if contact.thread_id != lead.pk:
                _move(contact, lead)
        _redirect(records, person)


def thread_of(person: int) -> Thread:
    """The conversation with a person, made when there is none: the oldest of the person's records' own."""
    own = Thread.objects.filter(customer_id__in=records_of(person)).order_by("pk").first()
    if own is None:
        return _new_thread(person)
    if own.joined_to_id:
        Thread.objects.filter(pk=own.pk).update(joined_to=None)
        tell(own, ChatParted(thread_id=own.joined_to_id, parted_id=own.pk))
        own.joined_to_id = None
    return own


def _new_thread(customer: int | None, store: int | None = None) -> Thread:
    now = clock.now()
    row = Thread(customer_id=customer, store_id=store or desk_store(), opened_at=now, last_at=now, state=State.CLOSED)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Thread.objects.get(customer_id=customer)
    return row


def _new_contact(channel: str, hashed: str, address: str, *, customer: int | None, store: int | None) -> Contact:
    person = person_of(customer) if customer else None
    thread = thread_of(person) if person else _new_thread(None, store)
    made = Contact(thread=thread, channel=channel, hash=hashed, key=vault.new_key(), customer_id=customer)
    made.sealed = sealing.seal(made, address)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        if thread.customer_id is None:
            thread.delete()
        return Contact.objects.get(hash=hashed, channel=channel)
    return made


def _place(contact: Contact, customer: int, person: int, *, actor: int | None = None) -> None:
    """The address is this record's: it goes to the person's conversation, or makes the stranger's the person's."""
    contact.customer_id = customer
    contact.save(update_fields=["customer_id"])
    mine = contact.thread
    others = Thread.objects.filter(customer_id__in=records_of(person)).exists()
    if mine.customer_id is None and not others:
        Thread.objects.filter(pk=mine.pk).update(customer_id=customer)
        mine.customer_id = customer
    else:
        _move(contact, thread_of(person))
    tell(contact.thread, ChatIdentified(thread_id=contact.thread_id, customer_id=customer), actor=actor)


def _move(contact: Contact, lead: Thread) -> None:
    """The address and all that was said with it go to another conversation; work on the old one goes with the last."""
    left = contact.thread
    contact.thread = lead
    contact.save(update_fields=["thread"])
    if left.contacts.exists():
        _summarise(left)
    else:
        _join(left, lead)
    _summarise(lead)


def _join(left: Thread, lead: Thread) -> None:
    """An emptied conversation points to where its words are; whoever waited in it waits there."""
    if left.state != State.CLOSED and lead.state in (State.CLOSED, State.BOT):
        lead.state, lead.employee_id, lead.waiting_since = left.state, left.employee_id, left.waiting_since
        lead.save(update_fields=["state", "employee", "waiting_since"])
    Thread.objects.filter(pk=left.pk).update(
        joined_to=lead, state=State.CLOSED, employee=None, waiting_since=None, snoozed_until=None
    )
    Thread.objects.filter(joined_to=left.pk).update(joined_to=lead)
    tell(lead, ChatJoined(thread_id=lead.pk, joined_id=left.pk))


def _redirect(records: list[int], person: int) -> None:
    """Conversations of the person's other records that have no address left."""
    own = list(Thread.objects.filter(customer_id__in=records).order_by("pk"))
    for left in own[1:]:
        if left.joined_to_id is None and not left.contacts.exists():
            _join(left, own[0])


def _summarise(thread: Thread) -> None:
    """What lists show of a conversation, after addresses came or went."""
    last = Message.objects.filter(contact__thread=thread, internal=False).order_by("-pk").first()
    thread.last_message, thread.last_at = last, last.at if last else thread.opened_at
    thread.contact_id = last.contact_id if last else None
    thread.save(update_fields=["last_message", "last_at", "contact"])

"""The conversation as the customer at the other end sees it: what was said with their own address, and nothing else.

Somebody whom a colleague took for a customer must not read that customer's letters. A member who has signed in reads
more: what was said on other channels that vouch for them, as far as the house rules let members read it.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from clothier.conversations import sealing
from clothier.conversations.contracts import DispatchState, MessageView, State
from clothier.conversations.models import Contact, Dispatch, Message, Rating, Thread
from clothier.conversations.selectors.messages import page_of
from clothier.customers.selectors import records_of
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document

MANY = 10


@dataclass(frozen=True, slots=True)
class GuestView:
    """The addresses that may be read here, their conversation, and who answers there; `score`: what was said of this
    time so far.
    """

    contacts: list[int]
    thread_id: int
    state: State
    employee: str
    score: int | None


def guest(*, channel: str, address: str) -> GuestView | None:
    """None before the first word."""
    held = sealing.address_hash(channel, address)
    row = Contact.objects.filter(hash=held, channel=channel).select_related("thread").first()
    return _view(row.thread, [row.pk]) if row else None


def member(customer: int) -> GuestView | None:
    """The one conversation of somebody who has proved who they are; None where nothing was said that they may read."""
    held = list(_own(customer).order_by("pk").values_list("pk", "thread_id"))
    return _view(Thread.objects.get(pk=held[-1][1]), [pk for pk, _thread in held]) if held else None


def unread(customer: int) -> int:
    """How many answers wait to be read in a member's own pages, counted no further than MANY."""
    waiting = Dispatch.objects.filter(state__in=(DispatchState.SENT, DispatchState.DELIVERED))
    return waiting.filter(message__contact__in=_own(customer).filter(channel="web"))[:MANY].count()


def guest_messages(view: GuestView, *, before: int | None = None, limit: int = 50) -> list[MessageView]:
    """The latest before a message's id, in the order they were said."""
    rows = Message.objects.filter(contact__in=view.contacts, internal=False).order_by("-pk")
    return page_of(view.thread_id, rows.filter(pk__lt=before) if before else rows, limit)


def _own(customer: int) -> QuerySet[Contact]:
    read = Contact.objects.filter(customer_id__in=records_of(customer), proven=True)
    return read.filter(channel__in=document("service").member_reads)


def _view(thread: Thread, contacts: list[int]) -> GuestView:
    names = names_of([thread.employee_id])
    score = Rating.objects.filter(thread=thread, opened_at=thread.opened_at).values_list("score", flat=True).first()
    return GuestView(contacts, thread.pk, State(thread.state), names.get(thread.employee_id or 0, ""), score)

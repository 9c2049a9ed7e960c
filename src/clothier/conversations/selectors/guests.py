"""The conversation as the customer at the other end sees it: what was said with their own address, and nothing else.

Somebody whom a colleague took for a customer must not read that customer's letters.
"""

from dataclasses import dataclass

from clothier.conversations import sealing
from clothier.conversations.contracts import MessageView, State
from clothier.conversations.models import Contact, Message, Rating
from clothier.conversations.selectors.messages import page_of
from clothier.staff.selectors import names_of


@dataclass(frozen=True, slots=True)
class GuestView:
    """An address that wrote, its conversation, and who answers there; `score`: what was said of this time so far."""

    contact_id: int
    thread_id: int
    state: State
    employee: str
    score: int | None


def guest(*, channel: str, address: str) -> GuestView | None:
    """None before the first word."""
    held = sealing.address_hash(channel, address)
    row = Contact.objects.filter(hash=held, channel=channel).select_related("thread").first()
    if row is None:
        return None
    thread = row.thread
    names = names_of([thread.employee_id])
    score = Rating.objects.filter(thread=thread, opened_at=thread.opened_at).values_list("score", flat=True).first()
    return GuestView(row.pk, thread.pk, State(thread.state), names.get(thread.employee_id or 0, ""), score)


def guest_messages(view: GuestView, *, before: int | None = None, limit: int = 50) -> list[MessageView]:
    """The latest before a message's id, in the order they were said."""
    rows = Message.objects.filter(contact=view.contact_id, internal=False).order_by("-pk")
    return page_of(view.thread_id, rows.filter(pk__lt=before) if before else rows, limit)

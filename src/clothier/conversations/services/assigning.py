"""Who has a conversation."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.contracts import Collision, Reason, State
from clothier.conversations.events import ChatAssigned, ChatReleased, HandedOver
from clothier.conversations.models import Handover, Thread
from clothier.conversations.services import threads
from clothier.conversations.services.seating import seat
from clothier.conversations.services.telling import tell
from clothier.customers.selectors import records_of
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.contracts import customer_tiers
from clothier.standards.selectors import document


def hand_over(*, thread: int, reason: str, actor: int | None = None, summary: str = "") -> Thread:
    """A person is wanted: the conversation goes to whoever is free and fits, or into the queue. With a person already,
    nothing changes.
    """
    with transaction.atomic():
        row = threads.locked(thread)
        if row.with_person:
            return row
        ask(row, Reason(reason), actor=actor, summary=summary)
        return row


def assign(*, thread: int, employee: int, actor: int | None = None, how: str = "taken") -> Thread:
    """Somebody takes the conversation, or is given it. Raises Collision when somebody else has it: transfer it then."""
    with transaction.atomic():
        row = threads.locked(thread)
        if row.state == State.HELD and row.employee_id != employee:
            raise Collision(_("这个会话刚被另一位同事接走。"))
        if row.state != State.HELD:
            give(row, employee, how=how, actor=actor)
        return row


def transfer(*, thread: int, employee: int | None, actor: int | None = None) -> Thread:
    """To another colleague, or back into the queue."""
    with transaction.atomic():
        row = threads.locked(thread)
        if row.state != State.HELD:
            raise Refused(_("这个会话没有人接待，不能转接。"))
        if row.employee_id == employee:
            return row
        if employee is None:
            release(row, actor=actor)
        else:
            give(row, employee, how="transfer", actor=actor)
        return row


def give(row: Thread, employee: int, *, how: str, actor: int | None = None) -> None:
    """Within a transaction that holds the row."""
    row.state, row.employee_id = State.HELD, employee
    row.closed_at = None
    row.save(update_fields=["state", "employee", "closed_at"])
    tell(row, ChatAssigned(thread_id=row.pk, employee_id=employee, how=how), actor=actor)


def release(row: Thread, *, actor: int | None = None) -> None:
    """Back into the queue, within a transaction that holds the row."""
    left = row.employee_id
    assert left is not None
    row.state, row.employee_id = State.WAITING, None
    row.save(update_fields=["state", "employee"])
    tell(row, ChatReleased(thread_id=row.pk, employee_id=left), actor=actor)


def ask(row: Thread, reason: Reason, *, actor: int | None = None, summary: str = "") -> None:
    """Into the queue and, if somebody is free, out of it at once; within a transaction that holds the row."""
    now = clock.now()
    row.employee_id, row.priority = None, _priority(row)
    row.state, row.waiting_since, row.closed_at = State.WAITING, row.waiting_since or now, None
    row.save(update_fields=["state", "employee", "priority", "waiting_since", "closed_at"])
    if row.contact is not None and row.contact.key is not None:
        Handover.objects.create(
            thread=row,
            contact=row.contact,
            reason=reason,
            sealed=sealing.seal(row.contact, summary),
            at=now,
            actor_id=actor,
        )
    tell(row, HandedOver(thread_id=row.pk, reason=reason), actor=actor)
    if found := seat(row):
        give(row, found, how="auto")


def _priority(row: Thread) -> int:
    """Customers of the tiers that the house rules name are served before others."""
    if row.customer_id is None:
        return 0
    tiers = customer_tiers.ask(records_of(row.customer_id))
    return int(bool(set(tiers.values()) & set(document("service").hand_over.tiers)))

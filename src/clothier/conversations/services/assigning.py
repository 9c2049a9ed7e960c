"""Who has a conversation."""

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.contracts import Collision, Reason, State
from clothier.conversations.events import ChatAssigned, ChatReleased, HandedOver
from clothier.conversations.models import Handover, Thread
from clothier.conversations.services import threads
from clothier.conversations.services.telling import tell
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.staff.selectors import on_floor


def hand_over(*, thread: int, reason: str, actor: int | None = None, summary: str = "") -> Thread:
    """A person is wanted: the conversation goes to whoever is free and fits, or into the queue. With a person already,
    nothing changes.
    """
    with transaction.atomic():
        row = threads.locked(thread)
        if row.with_person:
            return row
        _asked(row, Reason(reason), actor, summary)
        if found := free_agent(row):
            give(row, found, how="auto")
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


def free_agent(row: Thread) -> int | None:
    """Whoever of the agents on shift has least to do."""
    if row.store_id is None:
        return None
    on = [one.employee_id for one in on_floor(store=row.store_id, at=clock.now()) if one.post == "agent"]
    held = Thread.objects.filter(employee__in=on, state=State.HELD).values_list("employee").annotate(Count("pk"))
    load = dict(held.order_by())
    return min(on, key=lambda one: (load.get(one, 0), one), default=None)


def _asked(row: Thread, reason: Reason, actor: int | None, summary: str) -> None:
    now = clock.now()
    row.state, row.waiting_since, row.closed_at = State.WAITING, row.waiting_since or now, None
    row.save(update_fields=["state", "waiting_since", "closed_at"])
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

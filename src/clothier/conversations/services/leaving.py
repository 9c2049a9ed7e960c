"""An agent goes home: what they have goes to somebody else."""

from django.db import transaction
from django.db.models import F, Q

from clothier.conversations.contracts import State
from clothier.conversations.models import Thread
from clothier.conversations.services import threads
from clothier.conversations.services.assigning import give, release
from clothier.conversations.services.noting import step_away
from clothier.conversations.services.replying import reply
from clothier.conversations.services.seating import seat
from clothier.kernel import clock


def leave_desk(*, employee: int, to: int | None = None, note: str = "", actor: int) -> int:
    """All that an agent has goes to a colleague, or without one to whoever is free, and who waits for an answer else
    into the queue; with a note on each where one is written. Gives how many went. The queue gives the agent nothing
    more until they are back.

    What was put off stays. So does a conversation in which nobody waits and nobody is free to have it: it goes to
    somebody as soon as the customer writes.
    """
    step_away(employee=employee)
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=clock.now())
    held = Thread.objects.filter(awake, employee=employee, state=State.HELD)
    first = held.order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-pk").values_list("pk", flat=True)
    return sum(_pass_on(pk, employee, to, note.strip(), actor) for pk in list(first))


def _pass_on(pk: int, employee: int, to: int | None, note: str, actor: int) -> bool:
    with transaction.atomic():
        row = threads.locked(pk)
        if (row.state, row.employee_id) != (State.HELD, employee) or to == employee:
            return False
        found = to or seat(row)
        if found is None and row.waiting_since is None:
            return False
        if note:
            reply(thread=row.pk, text=note, actor=actor, internal=True)
        if found is None:
            release(row, actor=actor)
        else:
            give(row, found, how="transfer", actor=actor)
        return True

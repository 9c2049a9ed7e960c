"""The queue moves: whoever waits gets the next free agent, and who goes home leaves nobody waiting."""

from datetime import timedelta

from django.db import transaction

from clothier.conversations.contracts import Reason, State
from clothier.conversations.events import ChatClosed, ChatWoken
from clothier.conversations.models import Thread
from clothier.conversations.services.assigning import ask, give
from clothier.conversations.services.seating import seat
from clothier.conversations.services.telling import tell
from clothier.kernel import clock
from clothier.staff.selectors import gone_home
from clothier.standards.selectors import document


def serve_queue(*, limit: int = 50) -> int:
    """A chore: those who wait, the first first, as long as somebody is free; how many were given to somebody."""
    waiting = Thread.objects.filter(state=State.WAITING).order_by("-priority", "waiting_since", "pk")
    return sum(_serve(pk) for pk in list(waiting.values_list("pk", flat=True)[:limit]))


def end_shifts(*, limit: int = 200) -> int:
    """A chore: whoever waits for an agent who has gone home is given to somebody else; how many."""
    held = Thread.objects.filter(state=State.HELD, waiting_since__isnull=False)
    pairs = list(held.order_by("employee", "-last_at").values_list("pk", "employee")[:limit])
    gone = gone_home({employee for _pk, employee in pairs if employee}, clock.now())
    return sum(_take_over(pk, employee) for pk, employee in pairs if employee in gone)


def wake_due(*, limit: int = 200) -> int:
    """A chore: what was put off until now is back on the desk; how many."""
    due = Thread.objects.filter(snoozed_until__lte=clock.now()).order_by("snoozed_until")
    return sum(_wake(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def close_idle(*, limit: int = 200) -> int:
    """A chore: conversations in which nobody writes any more and nobody waits are closed; how many."""
    rules, now = document("service"), clock.now()
    done = 0
    for state, seconds in ((State.BOT, rules.idle_bot), (State.HELD, rules.idle_person)):
        still = Thread.objects.filter(state=state, last_at__lt=now - timedelta(seconds=seconds), snoozed_until=None)
        # With the bot nobody waits: what it could not answer it has handed over.
        still = still.filter(waiting_since=None) if state == State.HELD else still
        done += sum(_close(pk, state) for pk in list(still.order_by("last_at").values_list("pk", flat=True)[:limit]))
    return done


def _serve(pk: int) -> bool:
    with transaction.atomic():
        row = (
            Thread.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, state=State.WAITING).first()
        )
        found = seat(row) if row else None
        if row is None or found is None:
            return False
        give(row, found, how="auto")
        return True


def _take_over(pk: int, employee: int) -> bool:
    with transaction.atomic():
        row = Thread.objects.select_for_update().get(pk=pk)
        if (row.state, row.employee_id) != (State.HELD, employee) or row.waiting_since is None:
            return False
        ask(row, Reason.SHIFT)
        return True


def _wake(pk: int) -> bool:
    with transaction.atomic():
        woken = Thread.objects.filter(pk=pk, snoozed_until__lte=clock.now()).update(snoozed_until=None)
        if woken:
            row = Thread.objects.get(pk=pk)
            tell(row, ChatWoken(thread_id=pk))
        return bool(woken)


def _close(pk: int, state: str) -> bool:
    with transaction.atomic():
        row = Thread.objects.select_for_update().get(pk=pk)
        if row.state != state:
            return False
        row.state, row.employee_id, row.closed_at, row.waiting_since = State.CLOSED, None, clock.now(), None
        row.save(update_fields=["state", "employee", "closed_at", "waiting_since"])
        tell(row, ChatClosed(thread_id=pk, by="idle"))
        return True

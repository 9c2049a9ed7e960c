"""A conversation ends, sleeps, wakes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations.contracts import State
from clothier.conversations.events import ChatClosed, ChatSnoozed
from clothier.conversations.models import Thread
from clothier.conversations.services import threads
from clothier.conversations.services.telling import tell
from clothier.kernel import clock
from clothier.kernel.errors import Refused


def close(*, thread: int, by: str = "agent", actor: int | None = None) -> Thread:
    """It is done, until the customer writes again. Closed twice it is closed once, whoever was first."""
    with transaction.atomic():
        row = threads.locked(thread)
        if row.state == State.CLOSED:
            return row
        row.state, row.employee_id, row.closed_at = State.CLOSED, None, clock.now()
        row.waiting_since, row.snoozed_until = None, None
        row.save(update_fields=["state", "employee", "closed_at", "waiting_since", "snoozed_until"])
        tell(row, ChatClosed(thread_id=row.pk, by=by), actor=actor)
        return row


def snooze(*, thread: int, until: datetime, actor: int | None = None) -> Thread:
    """Out of sight until then, or until the customer writes. Refused for the past."""
    with transaction.atomic():
        row = threads.locked(thread)
        if until <= clock.now():
            raise Refused(_("请选择以后的时间。"), field="until")
        if row.state != State.HELD:
            raise Refused(_("只有您接待中的会话可以稍后处理。"))
        row.snoozed_until = until
        row.save(update_fields=["snoozed_until"])
        tell(row, ChatSnoozed(thread_id=row.pk, until=until.isoformat()), actor=actor)
        return row

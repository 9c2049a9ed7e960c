"""What was put off is taken up again."""

from django.db import transaction

from clothier.conversations.events import ChatWoken
from clothier.conversations.models import Thread
from clothier.conversations.services import threads
from clothier.conversations.services.telling import tell


def wake(*, thread: int, actor: int | None = None) -> Thread:
    """Back on the desk before its time. Woken twice it is woken once."""
    with transaction.atomic():
        row = threads.locked(thread)
        if row.snoozed_until is not None:
            row.snoozed_until = None
            row.save(update_fields=["snoozed_until"])
            tell(row, ChatWoken(thread_id=row.pk), actor=actor)
        return row

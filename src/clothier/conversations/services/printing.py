"""A conversation is taken out of the house, for a complaint's file."""

from django.db import transaction

from clothier.conversations.events import ChatPrinted
from clothier.conversations.services import threads
from clothier.conversations.services.telling import tell


def note_print(*, thread: int, actor: int | None, notes: bool) -> None:
    """Who had a conversation to print, and whether with the notes among colleagues: the log tells it afterwards."""
    with transaction.atomic():
        row = threads.locked(thread)
        tell(row, ChatPrinted(thread_id=row.pk, notes=notes), actor=actor)

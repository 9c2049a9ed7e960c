"""Small things colleagues do with a conversation: tags, mentions, reading, typing, being away."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations.events import ChatTagged, ChatUntagged
from clothier.conversations.models import Mention, Message, Read, Seat, Tag, Thread, Writing
from clothier.conversations.services import threads
from clothier.conversations.services.telling import tell
from clothier.kernel import clock, nudges
from clothier.kernel.errors import Refused
from clothier.kernel.rows import new, upsert

LONGEST_TAG = 20
# As long as somebody is thought to be writing after the last key.
WRITING = timedelta(seconds=6)


def tag(*, thread: int, word: str, actor: int | None = None) -> None:
    """Put a word on a conversation; twice is once."""
    word = word.strip()
    if not word or len(word) > LONGEST_TAG:
        raise Refused(_("标签要有 1 到 %(n)s 个字。") % {"n": LONGEST_TAG}, field="word")
    with transaction.atomic():
        row = threads.locked(thread)
        if Tag.objects.get_or_create(thread=row, word=word)[1]:
            tell(row, ChatTagged(thread_id=row.pk, tag=word), actor=actor)


def untag(*, thread: int, word: str, actor: int | None = None) -> None:
    with transaction.atomic():
        row = threads.locked(thread)
        if Tag.objects.filter(thread=row, word=word).delete()[0]:
            tell(row, ChatUntagged(thread_id=row.pk, tag=word), actor=actor)


def mention(*, message: int, employee: int) -> None:
    """Ask a colleague to look at an internal note. Refused for what the customer reads too."""
    row = Message.objects.select_related("contact").filter(pk=message, internal=True).first()
    if row is None:
        raise Refused(_("只能在内部备注里提及同事。"))
    Mention.objects.get_or_create(message=row, employee_id=employee, defaults={"thread_id": row.contact.thread_id})


def read(*, thread: int, employee: int, upto: int) -> None:
    """A colleague has seen a conversation up to a message, mentions included."""
    upsert([new(Read, thread_id=thread, employee_id=employee, upto=upto)], unique=["thread_id", "employee_id"],
           update=["upto"])  # fmt: skip
    Mention.objects.filter(employee=employee, thread=thread, seen_at=None, message__lte=upto).update(
        seen_at=clock.now()
    )


def writing(*, thread: int, employee: int = 0) -> None:
    """Somebody is writing: a colleague or, without one, the customer. Told again every few seconds; kept for six."""
    row = new(Writing, thread_id=thread, employee_id=employee, until=clock.now() + WRITING)
    upsert([row], unique=["thread_id", "employee_id"], update=["until"])
    nudges.whisper("typing", Thread(pk=thread).ref)


def step_away(*, employee: int) -> None:
    """The queue gives an agent nothing more until they are back; what they have stays theirs."""
    Seat.objects.get_or_create(employee_id=employee)
    Seat.objects.filter(pk=employee, away_since=None).update(away_since=clock.now())


def come_back(*, employee: int) -> None:
    Seat.objects.filter(pk=employee).update(away_since=None)

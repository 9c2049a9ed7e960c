"""Small things colleagues do with a conversation: tags, mentions, notes taken back, reading, typing, being away."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.events import ChatTagged, ChatUntagged, NoteWithdrawn
from clothier.conversations.models import Mention, Message, Read, Seat, Tag, Thread, Writing
from clothier.conversations.services import indexing, threads
from clothier.conversations.services.files import detach
from clothier.conversations.services.telling import tell
from clothier.kernel import clock, nudges
from clothier.kernel.errors import Refused
from clothier.kernel.rows import new, upsert

LONGEST_TAG = 20
# As long as somebody is thought to be writing after the last key.
WRITING = timedelta(seconds=6)
# As long as a note may be taken back.
FRESH = timedelta(minutes=10)


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


def withdraw_note(*, message: int, actor: int) -> None:
    """Its author takes an internal note back while it is fresh: its words and files are gone, and nobody is asked to
    look any more. Twice is once.
    """
    with transaction.atomic():
        row = Message.objects.select_for_update(of=("self",)).select_related("contact__thread").filter(
            pk=message, internal=True, employee=actor
        ).first()  # fmt: skip
        if row is None:
            raise Refused(_("只能撤回自己写的内部备注。"))
        if row.withdrawn_at is not None:
            return
        if clock.now() - row.at > FRESH:
            raise Refused(_("备注写了超过 %(n)s 分钟，不能再撤回。") % {"n": FRESH // timedelta(minutes=1)})
        indexing.remove([row])
        row.sealed, row.files, row.withdrawn_at = sealing.seal(row.contact, ""), 0, clock.now()
        row.save(update_fields=["sealed", "files", "withdrawn_at"])
        detach(row)
        Mention.objects.filter(message=row).delete()
        thread = row.contact.thread
        tell(thread, NoteWithdrawn(thread_id=thread.pk, message_id=row.pk), actor=actor)


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

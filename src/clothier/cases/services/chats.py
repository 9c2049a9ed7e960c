"""Conversations and cases: an angry one opens a complaint, and what is written in a linked one is said on the case."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import LIVING, OPEN_STATES, Kind, Origin, Severity
from clothier.cases.events import CaseCustomerWrote, CaseIdentified, CaseReplySent
from clothier.cases.models import Case, CaseThread
from clothier.cases.rules.course import OVER
from clothier.cases.services.opening import open_case
from clothier.cases.services.rows import held, move, tell
from clothier.cases.services.waiting import heard
from clothier.conversations.contracts import Author
from clothier.conversations.events import CustomerWrote, ReplySent
from clothier.conversations.selectors import messages
from clothier.conversations.services import reply
from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import first_told
from clothier.eventlog.services import AlreadyRecorded
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.language.services import suggest_kind

# So many of the customer's last words tell what it is about.
_WORDS = 6


def open_for_chat(entry: Happening) -> Case:
    """The complaint of an angry conversation: the one it speaks of already, or a new one. A person decides what it is.

    Kind and owner are ours to guess: it is written down as a complaint, with what the words seem to say of it.
    """
    thread = entry.subject_id
    known = Case.objects.filter(threads__thread_id=thread, kind=Kind.COMPLAINT, state__in=OPEN_STATES)
    if found := known.order_by("pk").first():
        return found
    said = [one.text for one in messages(thread, internal=False) if one.author is Author.CUSTOMER and one.text]
    text = "\n".join(said[-_WORDS:]) or "…"
    seems = suggest_kind(text)
    return open_case(
        kind=Kind.COMPLAINT,
        topic=seems.topic,
        severity=seems.severity if seems.severity != Severity.MINOR else Severity.MODERATE,
        text=text[:2_000],
        origin=Origin.CHAT,
        customer=entry.customer_id,
        store=entry.store_id,
        thread=thread,
        key=f"anger:{entry.id}",
    )


def reply_in_chat(*, case: int, text: str, actor: int, insist: str = "", key: str | None = None) -> Case:
    """Answer in the conversation the case is spoken of in; what is said there is said on the case at once.

    Raises what `conversations.services.reply` does: Blocked for what is never said, Collision in a colleague's chat.
    """
    with transaction.atomic():
        row = held(case, LIVING)
        thread = CaseThread.objects.filter(case=row).order_by("-pk").values_list("thread_id", flat=True).first()
        if thread is None:
            raise Refused(_("这张服务单还没有关联会话"))
        told = key or f"case:{case}:{uuid4().hex}"
        reply(thread=thread, text=text, actor=actor, insist=insist, key=told)
        if entry := first_told(told, ReplySent):
            hear_chat(entry)
        row.refresh_from_db()
        return row


def hear_chat(entry: Happening) -> None:
    """Tell every living case of this conversation; each once, however often the entry is delivered."""
    wrote = entry.type == CustomerWrote.type
    linked = CaseThread.objects.filter(thread_id=entry.subject_id, linked_at__lte=entry.recorded_at)
    for case in linked.exclude(case__state__in=OVER).order_by("case_id").values_list("case_id", flat=True):
        try:
            with transaction.atomic():
                row = held(case)
                event = (
                    CaseCustomerWrote(resumes=heard(row)) if wrote else CaseReplySent(author=entry.payload["author"])
                )
                move(row, event, actor=entry.actor_id, key=f"chat:{entry.id}:{case}", at=entry.occurred_at)
        except AlreadyRecorded:
            continue


def identify(*, thread: int, customer: int, actor: int | None) -> None:
    """The stranger of a conversation is known, and the cases it is about are theirs: followed, answered, made good."""
    linked = CaseThread.objects.filter(thread_id=thread, case__customer_id=None)
    for case in linked.order_by("case_id").values_list("case_id", flat=True):
        row = held(case)
        row.customer_id = customer
        row.save(update_fields=["customer_id"])
        tell(row, CaseIdentified(), actor=actor)


def join_threads(*, thread: int, joined: int) -> None:
    """Two conversations became one: cases of either hear what is written in it."""
    cases = CaseThread.objects.filter(thread_id=joined).values_list("case_id", flat=True)
    _link(thread, cases)


def part_threads(*, thread: int, parted: int) -> None:
    """They are two again: what was linked to the one hears the other no more."""
    cases = CaseThread.objects.filter(thread_id=parted).values_list("case_id", flat=True)
    CaseThread.objects.filter(thread_id=thread, case_id__in=list(cases)).delete()


def _link(thread: int, cases: Iterable[int]) -> None:
    now = clock.now()
    rows = [CaseThread(case_id=case, thread_id=thread, linked_at=now) for case in cases]
    CaseThread.objects.bulk_create(rows, ignore_conflicts=True)

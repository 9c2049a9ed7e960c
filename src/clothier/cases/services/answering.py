"""Words between us and the customer, and among ourselves."""

from django.db import transaction

from clothier.cases.contracts import LIVING, NoteKind
from clothier.cases.events import (
    CaseCalled,
    CaseCallMissed,
    CaseCustomerWrote,
    CaseNoted,
    CaseReplySent,
    CaseSpecialistContacted,
)
from clothier.cases.models import Case
from clothier.cases.selectors.capacity import capacity_of
from clothier.cases.services.guarding import fit_to_say
from clothier.cases.services.rows import held, move, note, told, words
from clothier.cases.services.waiting import heard
from clothier.eventlog.services import once


@once(told, CaseReplySent)
@transaction.atomic
def reply(
    *, case: int, text: str, actor: int | None, channel: str = "", insist: str = "", key: str | None = None
) -> Case:
    """Answer the customer in writing, to be read on the service card; only a person's answer counts as one.

    Raises Blocked for what is never said, unless the writer insists with a reason.
    """
    row = held(case, LIVING)
    kept = note(row, NoteKind.REPLY, fit_to_say(row, text, insist), author=actor, channel=channel)
    author = "bot" if actor is None else "human"
    return move(row, CaseReplySent(author=author, note_id=kept.pk), actor=actor, key=key)


@once(told, CaseCalled, CaseCallMissed)
@transaction.atomic
def call(*, case: int, text: str, actor: int, reached: bool = True, key: str | None = None) -> Case:
    """A telephone call and what was said. One that reached nobody is written down too, and answers nothing."""
    row = held(case, LIVING)
    kept = note(row, NoteKind.CALL, words(text), author=actor, channel="phone")
    if not reached:
        return move(row, CaseCallMissed(note_id=kept.pk), actor=actor, key=key)
    return move(row, CaseCalled(role=capacity_of(actor, row.store_id), note_id=kept.pk), actor=actor, key=key)


@once(told, CaseSpecialistContacted)
@transaction.atomic
def contact_specialist(*, case: int, text: str, actor: int, key: str | None = None) -> Case:
    """Somebody who knows the matter has spoken with the customer, and what was said."""
    row = held(case, LIVING)
    kept = note(row, NoteKind.CALL, words(text), author=actor)
    return move(row, CaseSpecialistContacted(note_id=kept.pk), actor=actor, key=key)


@once(told, CaseCustomerWrote)
@transaction.atomic
def customer_wrote(*, case: int, text: str, channel: str = "", key: str | None = None) -> Case:
    """A word of the customer. It ends the waiting for them; what we wait for from others we wait for still."""
    row = held(case)
    kept = note(row, NoteKind.CUSTOMER, words(text), author=None, channel=channel)
    return move(row, CaseCustomerWrote(note_id=kept.pk, resumes=heard(row)), actor=None, key=key)


@once(told, CaseNoted)
@transaction.atomic
def add_note(*, case: int, text: str, actor: int, key: str | None = None) -> Case:
    """Something for colleagues; the customer does not see it."""
    row = held(case)
    kept = note(row, NoteKind.INTERNAL, words(text), author=actor)
    return move(row, CaseNoted(note_id=kept.pk), actor=actor, key=key)

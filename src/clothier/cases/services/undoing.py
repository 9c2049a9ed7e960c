"""A slip of the thumb is taken back: as one more event, for what happened stays told."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import NoteKind
from clothier.cases.events import (
    CaseGoodsHandedOver,
    CaseGoodsReceived,
    CaseLinked,
    CaseSolutionOffered,
    CaseStepUndone,
)
from clothier.cases.models import Case, CaseLink, CaseNote, Handover
from clothier.cases.rules.course import replayed
from clothier.cases.selectors.slips import slip_of
from clothier.cases.services.handing import hand
from clothier.cases.services.rows import held, move, told
from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import history
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused

_GOODS = (CaseGoodsHandedOver.type, CaseGoodsReceived.type)


@once(told, CaseStepUndone)
@transaction.atomic
def undo(*, case: int, actor: int, key: str | None = None) -> Case:
    """Take the last step back: a solution, done, a hand-over, a cause, a link. Refused once the customer was told."""
    row = held(case)
    entries = list(history(row.ref))
    step = slip_of(entries)
    if step is None:
        raise Refused(_("这一步不能撤销了：顾客已经知道，或者时间过了"))
    before = replayed(entry.event for entry in entries[: entries.index(step)])
    _put_back(row, step, actor)
    event = CaseStepUndone(step=step.type, undone=step.id, offered=before.offered, cause=before.cause)
    return move(row, event, actor=actor, key=key)


def _put_back(row: Case, step: Happening, actor: int) -> None:
    """What else the step had left: words for the customer become our own, goods go back, a link goes."""
    if step.type == CaseSolutionOffered.type:
        CaseNote.objects.filter(pk=step.payload["note_id"], case=row).update(kind=NoteKind.INTERNAL)
    elif step.type in _GOODS:
        # A hand-over the other way, so that the clocks go on and the sheet tells the whole of it.
        made = Handover.objects.get(pk=step.payload["handover_id"])
        hand(row, made.taken_from, reason=_("误操作，已撤销"), actor=actor)
    elif step.type == CaseLinked.type:
        other = step.payload["other_id"]
        CaseLink.objects.filter(a_id=min(row.pk, other), b_id=max(row.pk, other)).delete()

"""What people do about differences: take them on, write notes, decide, and take a decision back."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.settlement.contracts import DifferenceKind, DifferenceState
from clothier.settlement.events import DifferenceRemarked, DifferenceReopened, DifferenceResolved, DifferenceTaken
from clothier.settlement.models import BusinessDay, Decision, Difference, Remark
from clothier.settlement.services.matching import settle


def _remark(entry: Happening) -> Remark:
    return Remark.objects.get(pk=entry.payload["remark_id"])


def _decision(entry: Happening) -> Decision:
    return Decision.objects.get(pk=entry.payload["decision_id"])


@transaction.atomic
def take_difference(*, difference: int, owner: int, actor: int | None) -> Difference:
    """Make somebody the owner of a difference. Twice is once."""
    held = _held(difference)
    if held.owner_id != owner:
        held.owner_id = owner
        held.save(update_fields=["owner_id"])
        _tell(DifferenceTaken(difference_id=held.pk, owner_id=owner), held, actor)
    return held


@once(_remark, DifferenceRemarked)
def remark(*, difference: int, text: str, actor: int | None, key: str | None = None) -> Remark:
    """Write a note beside a difference."""
    if not text.strip():
        raise Refused(_("请写点什么"), field="text")
    with transaction.atomic():
        held = _held(difference)
        row = Remark.objects.create(difference=held, text=text.strip()[:500], written_at=clock.now(), written_by=actor)
        _tell(DifferenceRemarked(difference_id=held.pk, remark_id=row.pk), held, actor, key)
        return row


@once(_decision, DifferenceResolved)
def resolve(*, difference: int, reason: str, note: str, actor: int | None, key: str | None = None) -> Decision:
    """Decide about a difference, with what was done about it. Raises Refused when somebody else has decided."""
    if reason not in Decision.Reason.values:
        raise Refused(_("请选择处理方式"), field="reason")
    if not note.strip():
        raise Refused(_("请写明怎么处理的"), field="note")
    with transaction.atomic():
        held = _held(difference)
        if held.state == DifferenceState.GONE:
            raise Refused(_("这笔差异已经自己对上了"))
        if held.state == DifferenceState.RESOLVED:
            raise Refused(_("这笔差异已经有人处理"))
        # The decision that stood before was about sides that have changed since.
        Decision.objects.filter(difference=held, undone_at=None).update(undone_at=clock.now())
        made = Decision.objects.create(
            difference=held,
            reason=reason,
            note=note.strip()[:300],
            kind=held.kind,
            ours_fen=held.ours_fen,
            theirs_fen=held.theirs_fen,
            decided_at=clock.now(),
            decided_by=actor,
        )
        _set(held, DifferenceState.RESOLVED)
        _tell(DifferenceResolved(difference_id=held.pk, decision_id=made.pk, reason=reason), held, actor, key)
        _settle_day(held, actor)
        return made


@transaction.atomic
def undo_decision(*, difference: int, actor: int | None) -> Difference:
    """Take the decision about a difference back: it waits again. Twice is once."""
    held = _held(difference)
    made = held.decisions.filter(undone_at=None).first()
    if made is None or held.state != DifferenceState.RESOLVED:
        return held
    made.undone_at, made.undone_by = clock.now(), actor
    made.save(update_fields=["undone_at", "undone_by"])
    timing = held.kind == DifferenceKind.TIMING
    _set(held, DifferenceState.EXPLAINED if timing else DifferenceState.OPEN)
    _tell(DifferenceReopened(difference_id=held.pk, decision_id=made.pk), held, actor)
    _settle_day(held, actor)
    return held


def _held(pk: int) -> Difference:
    held = Difference.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise Refused(_("没有找到这笔差异"))
    return held


def _set(held: Difference, state: DifferenceState) -> None:
    held.state = state
    held.save(update_fields=["state"])


def _settle_day(held: Difference, actor: int | None) -> None:
    """The last difference of a day settles it; one that opens again opens it."""
    for pk in BusinessDay.objects.filter(store=held.store_id, date=held.date).values_list("pk", flat=True):
        settle(day=pk, actor=actor)


def _tell(
    event: DifferenceTaken | DifferenceRemarked | DifferenceResolved | DifferenceReopened,
    held: Difference,
    actor: int | None,
    key: str | None = None,
) -> None:
    record(event, subject=Ref("difference", held.pk), store=held.store_id, actor=actor, key=key)

"""Taking a step back: a slip of the thumb leaves a trace, and the promise clocks hear of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.bookings.services import undo_check_in
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.visits import rules
from clothier.visits.events import VisitStepUndone
from clothier.visits.models import Step, Visit
from clothier.visits.rules import StepKind
from clothier.visits.services.departures import end_all
from clothier.visits.services.facts import believed, tell


def _undone(entry: Happening) -> Step:
    kind = entry.payload["step"]
    return Step.objects.filter(visit_id=entry.subject_id, kind=kind, undone_at=entry.occurred_at).latest("id")


@once(_undone, VisitStepUndone)
def undo(
    *,
    visit: int,
    actor: int | None,
    step: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Step:
    """Take back a step (the latest when none is named) told no more than ten minutes ago.

    After a farewell only the farewell; an arrival only while nothing follows it, and then the visit is void.
    """
    moment = believed(occurred_at)
    try:
        with transaction.atomic():
            row = Visit.objects.select_for_update().get(pk=visit)
            chosen = _choose(row, step)
            if chosen.undone_at:
                return chosen
            _check(row, chosen, moment)
            Step.objects.filter(pk=chosen.pk).update(undone_at=moment.at, undone_by=actor)
            _take_back(row, chosen, moment, actor)
            tell(VisitStepUndone(step=chosen.kind), row, moment, actor=actor, key=key)
            chosen.refresh_from_db()
            return chosen
    except IntegrityError:
        raise Refused(_("这位会员已经再次到店，不能撤销送别")) from None


def _choose(visit: Visit, step: int | None) -> Step:
    steps = Step.objects.filter(visit=visit)
    found = steps.filter(pk=step).first() if step else steps.filter(undone_at=None).order_by("-id").first()
    if found is None:
        raise Refused(_("没有可以撤销的步骤"))
    return found


def _check(visit: Visit, step: Step, moment: rules.Moment) -> None:
    if moment.recorded_at - step.recorded_at > rules.UNDO:
        raise Refused(_("超过十分钟的步骤不能撤销"))
    if visit.left_at and step.kind != StepKind.LEFT:
        raise Refused(_("客人已经离店，请先撤销送别"))
    others = Step.objects.filter(visit=visit, undone_at=None).exclude(pk=step.pk)
    if step.kind == StepKind.ARRIVED and others.exists():
        raise Refused(_("请先撤销后面的步骤"))


def _take_back(visit: Visit, step: Step, moment: rules.Moment, actor: int | None) -> None:
    changes: dict[str, object] = {}
    if step.kind == StepKind.ARRIVED:
        end_all(visit, moment, actor=actor)
        _expect_again(visit, moment, actor)
        changes = {"left_at": max(moment.at, visit.arrived_at), "outcome": Visit.Outcome.VOID, "appointment": None}
    elif step.kind == StepKind.LEFT:
        changes = {"left_at": None, "outcome": ""}
    elif step.kind == StepKind.IDENTIFIED:
        _expect_again(visit, moment, actor)
        changes = {"customer_id": None, "appointment": None}
    if changes:
        Visit.objects.filter(pk=visit.pk).update(**changes)


def _expect_again(visit: Visit, moment: rules.Moment, actor: int | None) -> None:
    if visit.appointment_id:
        undo_check_in(appointment=visit.appointment_id, actor=actor, occurred_at=moment.at)

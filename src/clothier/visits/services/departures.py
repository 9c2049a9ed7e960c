"""The farewell."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch, update
from clothier.visits import rules
from clothier.visits.events import VisitLeft
from clothier.visits.models import Fitting, Step, Visit
from clothier.visits.rules import StepKind
from clothier.visits.services.bells import end_bells
from clothier.visits.services.facts import believed, tell
from clothier.visits.services.fittings import end
from clothier.visits.services.taking import StepTaken, add_step, existing_step, locked, step_of, told_kindly

OUTCOMES = (Visit.Outcome.BOUGHT, Visit.Outcome.LEFT)


@once(step_of, VisitLeft)
def leave(
    *,
    visit: int,
    outcome: str,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Step:
    """The visitor goes, having bought or not; a fitting still open and bells still ringing end with the visit.

    Refused, naming the colleague, when somebody else said farewell first.
    """
    if outcome not in OUTCOMES:
        raise Refused(_("请选择客人是否购买"), field="outcome")
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment, even_left=True)
        try:
            step = add_step(row, StepKind.LEFT, moment, actor, detail=outcome)
        except StepTaken as taken:
            return _already(taken.step, actor)
        end_all(row, moment, actor=actor)
        row.left_at, row.outcome = step.at, outcome
        update([row], ("left_at", "outcome"))
        served = existing_step(visit, StepKind.APPROACHED)
        event = VisitLeft(
            outcome=outcome,
            served=served is not None,
            known=row.customer_id is not None,
            served_by=served.by_id if served else None,
        )
        tell(event, row, rules.Moment(step.at, moment.recorded_at), actor=actor, key=key)
        return step


def see_off(*, limit: int = 200) -> int:
    """End visits of which nothing was heard for hours; how many. The worker calls it again and again.

    They left while nobody looked. Unended, a visit would fill the floor's list for ever, and a member who comes again
    tomorrow would still be here today.
    """
    since = clock.now() - rules.FORGOTTEN
    seen = Step.objects.filter(visit=OuterRef("pk"), undone_at=None, at__gt=since)
    forgotten = Visit.objects.filter(~Exists(seen), left_at=None, arrived_at__lte=since).order_by("arrived_at", "id")
    gone = list(forgotten.values_list("pk", flat=True)[:limit])
    for visit in gone:
        leave(visit=visit, outcome=Visit.Outcome.LEFT)
    return len(gone)


def _already(step: Step, actor: int | None) -> Step:
    if step.by_id != actor:
        raise Refused(told_kindly(step))
    return step


def end_all(visit: Visit, moment: rules.Moment, *, actor: int | None) -> None:
    """End what was still going on for a visit that ends, which the caller holds: the fitting and the bells."""
    room = None
    for fitting in fetch(Fitting, "visit_id = %s AND closed_at IS NULL", [visit.id], hold=True):
        end(fitting, visit, moment, actor=actor)
        room = fitting.room_id
    end_bells(visit, moment, room=room)

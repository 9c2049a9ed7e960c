"""What follows from a visit, after the commit: the customer's profile counts it, and forgets what was a slip."""

from clothier.customers.services import note_fitting, note_visit, uncount_fitting, uncount_visit
from clothier.eventlog.contracts import Happening, deferred
from clothier.visits.events import FittingOpened, VisitArrived, VisitIdentified, VisitStepUndone
from clothier.visits.models import Fitting, Visit
from clothier.visits.rules import StepKind

_WHO_CAME = {StepKind.ARRIVED, StepKind.IDENTIFIED}


@deferred("visits.count_visit", VisitArrived.type, VisitIdentified.type)
def count_visit(entry: Happening) -> None:
    """Idempotent: the profile counts a visit by its number once. Told after the slip was undone, it counts nothing."""
    if entry.customer_id is not None:
        visit = _held(entry.subject_id)
        if _whose(visit) == entry.customer_id:
            _count(visit)


@deferred("visits.uncount_visit", VisitStepUndone.type)
def uncount_visit_undone(entry: Happening) -> None:
    """Idempotent: looks at whose visit it is by now, so that it does not matter what was told first."""
    if entry.payload["step"] not in _WHO_CAME:
        return
    visit = _held(entry.subject_id)
    whose = _whose(visit)
    uncount_visit(visit_id=visit.pk, unless_of=whose)
    for fitting in Fitting.objects.filter(visit=visit).values_list("pk", flat=True):
        uncount_fitting(fitting_id=fitting, unless_of=whose)
    if whose is not None:
        _count(visit)


@deferred("visits.count_fitting", FittingOpened.type)
def count_fitting(entry: Happening) -> None:
    if entry.customer_id is not None and _whose(_held(entry.payload["visit_id"])) == entry.customer_id:
        note_fitting(
            customer_id=entry.customer_id,
            fitting_id=entry.subject_id,
            occurred_at=entry.occurred_at,
            store_id=entry.store_id,
        )


def _held(visit: int) -> Visit:
    """The visit as it is now, held until the count is in: an undo waits, and its own handler comes after."""
    return Visit.objects.select_for_update().get(pk=visit)


def _whose(visit: Visit) -> int | None:
    return None if visit.outcome == Visit.Outcome.VOID else visit.customer_id


def _count(visit: Visit) -> None:
    if visit.customer_id is not None:
        note_visit(
            customer_id=visit.customer_id, visit_id=visit.pk, occurred_at=visit.arrived_at, store_id=visit.store_id
        )

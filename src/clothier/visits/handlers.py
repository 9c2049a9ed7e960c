"""What follows from a visit, after the commit: the customer's profile counts it."""

from clothier.customers.services import note_fitting, note_visit
from clothier.eventlog.contracts import Happening, deferred
from clothier.visits.events import FittingOpened, VisitArrived, VisitIdentified


@deferred("visits.count_visit", VisitArrived.type, VisitIdentified.type)
def count_visit(entry: Happening) -> None:
    """Idempotent: the profile counts a visit by its number once."""
    if entry.customer_id is not None:
        note_visit(
            customer_id=entry.customer_id,
            visit_id=entry.subject_id,
            occurred_at=entry.occurred_at,
            store_id=entry.store_id,
        )


@deferred("visits.count_fitting", FittingOpened.type)
def count_fitting(entry: Happening) -> None:
    if entry.customer_id is not None:
        note_fitting(
            customer_id=entry.customer_id,
            fitting_id=entry.subject_id,
            occurred_at=entry.occurred_at,
            store_id=entry.store_id,
        )

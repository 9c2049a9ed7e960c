"""What follows from a visit, after the commit: the customer's profile counts it, and forgets what was a slip."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from clothier.bookings.contracts import Notice, carrier, rooms_of
from clothier.bookings.contracts import Room as BookableRoom
from clothier.customers.contracts import Deed
from clothier.customers.services import note_encounters, uncount_fitting, uncount_visit
from clothier.eventlog.contracts import Happening, deferred, deferred_together
from clothier.kernel import clock
from clothier.places.selectors import store as store_by_id
from clothier.visits.events import FittingOpened, VisitArrived, VisitIdentified, VisitStepUndone
from clothier.visits.models import Fitting, Room, Visit
from clothier.visits.rules import StepKind, errand
from clothier.visits.services.tasks import raise_task

_WHO_CAME = {StepKind.ARRIVED, StepKind.IDENTIFIED}


@deferred_together("visits.count_visit", VisitArrived.type, VisitIdentified.type, known=True)
def count_visits(entries: list[Happening]) -> None:
    """Idempotent: the profile counts a visit by its number once. Told after the slip was undone, it counts nothing."""
    visits = _held(entry.subject_id for entry in entries)
    _count(visits[entry.subject_id] for entry in entries if _whose(visits[entry.subject_id]) == entry.customer_id)


@deferred("visits.uncount_visit", VisitStepUndone.type)
def uncount_visit_undone(entry: Happening) -> None:
    """Idempotent: looks at whose visit it is by now, so that it does not matter what was told first."""
    if entry.payload["step"] not in _WHO_CAME:
        return
    visit = _held([entry.subject_id])[entry.subject_id]
    whose = _whose(visit)
    uncount_visit(visit_id=visit.pk, unless_of=whose)
    for fitting in Fitting.objects.filter(visit=visit).values_list("pk", flat=True):
        uncount_fitting(fitting_id=fitting, unless_of=whose)
    if whose is not None:
        _count([visit])


@deferred_together("visits.count_fitting", FittingOpened.type, known=True)
def count_fittings(entries: list[Happening]) -> None:
    """Idempotent likewise."""
    visits = _held(entry.payload["visit_id"] for entry in entries)
    note_encounters(
        Deed(
            kind="fitting",
            ref_id=entry.subject_id,
            customer_id=entry.customer_id or 0,
            occurred_at=entry.occurred_at,
            store_id=entry.store_id,
        )
        for entry in entries
        if _whose(visits[entry.payload["visit_id"]]) == entry.customer_id
    )


@rooms_of.register
def fitting_rooms(store: int) -> list[BookableRoom]:
    """The rooms a booking may take, by number."""
    rows = Room.objects.filter(store=store).order_by("number")
    return [BookableRoom(pk, number) for pk, number in rows.values_list("pk", "number")]


@carrier("task", order=90)
def ask_an_associate(notice: Notice) -> bool:
    """Where no channel reaches the customer, somebody of the store does: once for each notice."""
    store = store_by_id(notice.store)
    if store is None:
        return False
    day = clock.now().astimezone(ZoneInfo(store.zone_info)).date()
    raise_task(
        store=store.pk,
        day=day,
        title=notice.text,
        title_en=notice.text_en,
        code=errand(notice.subject, notice.kind),
        due_at=notice.due_at,
        assignee=notice.employee,
    )
    return True


def _held(visits: Iterable[int]) -> dict[int, Visit]:
    """The visits as they are now, held until the count is in: an undo waits, and its own handler comes after."""
    return {visit.pk: visit for visit in Visit.objects.select_for_update().filter(pk__in=set(visits)).order_by("pk")}


def _whose(visit: Visit) -> int | None:
    return None if visit.outcome == Visit.Outcome.VOID else visit.customer_id


def _count(visits: Iterable[Visit]) -> None:
    note_encounters(
        Deed(
            kind="visit",
            ref_id=visit.pk,
            customer_id=visit.customer_id or 0,
            occurred_at=visit.arrived_at,
            store_id=visit.store_id,
        )
        for visit in visits
    )

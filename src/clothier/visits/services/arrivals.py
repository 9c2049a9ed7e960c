"""Coming in: by the greeter's tap, a member code, a check-in, an appointment, a plate or a tag."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.bookings.selectors import awaited
from clothier.bookings.services import check_in
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.kernel.rows import insert
from clothier.visits import rules
from clothier.visits.events import VisitArrived, VisitIdentified
from clothier.visits.models import Step, Visit
from clothier.visits.services.facts import believed, tell
from clothier.visits.services.taking import existing_step, insert_step, locked, step_of, take

PARTY = range(1, 51)


def _visit(entry: Happening) -> Visit:
    return Visit.objects.get(pk=entry.subject_id)


@once(_visit, VisitArrived)
def arrive(
    *,
    store: int,
    via: str = Visit.Via.GREETER,
    customer: int | None = None,
    party_size: int = 1,
    appointment: int | None = None,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Visit:
    """Somebody comes in. A known customer who is here already keeps the open visit; nothing is recorded twice."""
    if via not in Visit.Via.values:
        raise Refused(_("不认识的到店方式"), field="via")
    if party_size not in PARTY:
        raise Refused(_("人数请填 1 到 50"), field="party_size")
    moment = believed(occurred_at)
    try:
        with transaction.atomic():
            booked = awaited(store=store, customer=customer, appointment=appointment, at=moment.at)
            visit = Visit(
                store_id=store,
                customer_id=booked.customer if booked else customer,
                via=via,
                party_size=party_size,
                appointment_id=booked.appointment if booked else None,
                arrived_at=moment.at,
            )
            insert([visit])
            insert_step(visit, rules.StepKind.ARRIVED, moment, actor)
            event = VisitArrived(via=via, party_size=party_size, appointment_id=visit.appointment_id)
            tell(event, visit, moment, actor=actor, key=key)
            _keep_appointment(visit, moment, actor)
            return visit
    except IntegrityError:
        # The greeter's tap and the member's own check-in met: whoever came second is told of the first.
        if already := _already_here(store, customer, appointment, moment):
            return already
        raise


@once(step_of, VisitIdentified)
def identify(
    *,
    visit: int,
    customer: int,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Step:
    """A visitor who came in unknown turns out to be a customer."""
    moment = believed(occurred_at)
    try:
        with transaction.atomic():
            row = locked(visit, moment)
            if row.customer_id not in (None, customer):
                raise Refused(_("这位客人已经识别过会员"))
            if taken := existing_step(visit, rules.StepKind.IDENTIFIED):
                return taken
            row.customer_id = customer
            row.appointment_id = row.appointment_id or _awaited(row.store_id, customer, moment)
            row.save(update_fields=["customer_id", "appointment_id"])
            step = take(row, rules.StepKind.IDENTIFIED, VisitIdentified(), moment, actor, key)
            _keep_appointment(row, moment, actor)
            return step
    except IntegrityError:
        # Two visits at once were said to be hers: the database let one through.
        if Visit.objects.filter(customer_id=customer, left_at=None).exclude(pk=visit).exists():
            raise Refused(_("这位会员已在店内")) from None
        raise


def _awaited(store: int, customer: int, moment: rules.Moment) -> int | None:
    booked = awaited(store=store, customer=customer, appointment=None, at=moment.at)
    return booked.appointment if booked else None


def _keep_appointment(visit: Visit, moment: rules.Moment, actor: int | None) -> None:
    if visit.appointment_id:
        check_in(appointment=visit.appointment_id, actor=actor, occurred_at=moment.at)


def _already_here(store: int, customer: int | None, appointment: int | None, moment: rules.Moment) -> Visit | None:
    visits = Visit.objects.filter(store_id=store)
    booked = awaited(store=store, customer=customer, appointment=appointment, at=moment.at)
    if appointment is None or booked is None:
        return visits.filter(customer_id=customer, left_at=None).first() if customer else None
    if visit := visits.filter(appointment=appointment).first():
        return visit
    # Came in by another door before the appointment was tapped: from now on nobody waits for them any more.
    with transaction.atomic():
        here = visits.filter(customer_id=booked.customer, left_at=None)
        if here.filter(appointment=None).update(appointment=appointment):
            check_in(appointment=appointment, occurred_at=moment.at)
        return visits.filter(customer_id=booked.customer, left_at=None).first()

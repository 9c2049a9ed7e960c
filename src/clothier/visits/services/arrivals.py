"""Coming in: by the greeter's tap, a member code, a check-in, an appointment, a plate or a tag."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.kernel.rows import insert
from clothier.visits import rules
from clothier.visits.events import VisitArrived, VisitIdentified
from clothier.visits.models import Appointment, Step, Visit
from clothier.visits.services.facts import believed, tell
from clothier.visits.services.steps import existing_step, insert_step, locked, step_of, take

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
            booked = _appointment(store, appointment)
            visit = Visit(
                store_id=store,
                customer_id=booked.customer_id if booked else customer,
                via=via,
                party_size=party_size,
                appointment=booked,
                arrived_at=moment.at,
            )
            insert([visit])
            insert_step(visit, rules.StepKind.ARRIVED, moment, actor)
            event = VisitArrived(via=via, party_size=party_size, appointment_id=appointment)
            tell(event, visit, moment, actor=actor, key=key)
            return visit
    except IntegrityError:
        # The greeter's tap and the member's own check-in met: whoever came second is told of the first.
        if already := _already_here(store, customer, appointment):
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
            row.save(update_fields=["customer_id"])
            return take(row, rules.StepKind.IDENTIFIED, VisitIdentified(), moment, actor, key)
    except IntegrityError:
        # Two visits at once were said to be hers: the database let one through.
        if Visit.objects.filter(customer_id=customer, left_at=None).exclude(pk=visit).exists():
            raise Refused(_("这位会员已在店内")) from None
        raise


def _appointment(store: int, appointment: int | None) -> Appointment | None:
    if appointment is None:
        return None
    booked = Appointment.objects.filter(pk=appointment, store_id=store).first()
    if booked is None:
        raise Refused(_("没有找到这个预约"), field="appointment")
    return booked


def _already_here(store: int, customer: int | None, appointment: int | None) -> Visit | None:
    visits, booked = Visit.objects.filter(store_id=store), _appointment(store, appointment)
    if booked is None:
        return visits.filter(customer_id=customer, left_at=None).first() if customer else None
    if visit := visits.filter(appointment=booked).first():
        return visit
    # Came in by another door before the appointment was tapped: from now on nobody waits for them any more.
    visits.filter(customer_id=booked.customer_id, left_at=None, appointment=None).update(appointment=booked)
    return visits.filter(customer_id=booked.customer_id, left_at=None).first()

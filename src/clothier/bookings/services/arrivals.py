"""The customer has come: told by whoever lets people in, and taken back by them."""

from datetime import datetime

from django.db import transaction

from clothier.bookings.events import AppointmentCheckedIn, AppointmentCheckInUndone
from clothier.bookings.models import Appointment, Stop
from clothier.eventlog.services import record

State = Appointment.State
EXPECTED = (State.BOOKED, State.MISSED)


@transaction.atomic
def check_in(*, appointment: int, actor: int | None = None, occurred_at: datetime | None = None) -> Appointment:
    """The customer of an appointment is there; who is there already, stays so. Who comes late has not missed it."""
    waiting = Appointment.objects.filter(pk=appointment, state__in=EXPECTED)
    came = waiting.update(state=State.ARRIVED, closed_at=None, closed_by=None)
    row = Appointment.objects.get(pk=appointment)
    if came:
        zones = tuple(Stop.objects.filter(appointment=row).order_by("position").values_list("zone_id", flat=True))
        event = AppointmentCheckedIn(service=row.service, employee_id=row.employee_id, zone_ids=zones)
        record(
            event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor, occurred_at=occurred_at
        )
    return row


@transaction.atomic
def undo_check_in(*, appointment: int, actor: int | None = None, occurred_at: datetime | None = None) -> Appointment:
    """The arrival was a slip of the thumb: the customer is expected again."""
    arrived = Appointment.objects.filter(pk=appointment, state=State.ARRIVED)
    undone = arrived.update(state=State.BOOKED)
    row = Appointment.objects.get(pk=appointment)
    if undone:
        record(
            AppointmentCheckInUndone(),
            subject=row.ref,
            customer=row.customer_id,
            store=row.store_id,
            actor=actor,
            occurred_at=occurred_at,
        )
    return row

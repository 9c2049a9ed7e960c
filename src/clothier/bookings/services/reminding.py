"""Customers are reminded in time, by whatever way the house has."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q

from clothier.bookings.contracts import Notice, carry
from clothier.bookings.events import AppointmentReminded
from clothier.bookings.models import Appointment, Reminder
from clothier.bookings.selectors.words import told
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.standards.selectors import document


def remind_all(*, limit: int = 200) -> int:
    """A chore: every reminder that is due and has not gone out; how many did.

    Each belongs to a stretch before the appointment: after an outage only the latest goes out, never two at once. Who
    booked within the stretch knows it still.
    """
    steps, done = sorted(set(document("bookings").reminders)), 0
    for nearer, before in zip([0, *steps], steps, strict=False):
        done += sum(_remind(row, before) for row in _due(nearer, before, limit))
    return done


def _due(nearer: int, before: int, limit: int) -> list[Appointment]:
    now = clock.now()
    length = timedelta(seconds=before)
    sent = Reminder.objects.filter(appointment=OuterRef("pk"), before__lte=before)
    rows = Appointment.objects.filter(
        state=Appointment.State.BOOKED, at__gt=now + timedelta(seconds=nearer), at__lte=now + length
    )
    knew = Q(booked_at__isnull=True) | Q(booked_at__lt=F("at") - length)
    return list(rows.filter(knew).exclude(Exists(sent)).order_by("at")[:limit])


def _remind(row: Appointment, before: int) -> bool:
    """False when no way took it, or another worker was first."""
    try:
        with transaction.atomic():
            sent = Reminder.objects.create(appointment=row, before=before, sent_at=clock.now(), carrier="-")
            sent.carrier = carry(_notice(row, before))
            if not sent.carrier:
                transaction.set_rollback(True)
                return False
            sent.save(update_fields=["carrier"])
            event = AppointmentReminded(before=before, carrier=sent.carrier)
            record(event, subject=row.ref, customer=row.customer_id, store=row.store_id)
            return True
    except IntegrityError:
        return False


def _notice(row: Appointment, before: int) -> Notice:
    zh, en = told(row)
    return Notice(
        kind=f"reminder-{before}",
        subject=row.ref,
        customer=row.customer_id,
        store=row.store_id,
        text=f"提醒顾客：{zh}",
        text_en=f"Remind the customer: {en}",
        due_at=min(clock.now() + timedelta(hours=2), row.at),
        employee=row.employee_id,
    )

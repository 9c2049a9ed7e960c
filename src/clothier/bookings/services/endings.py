"""An appointment that does not take place: cancelled, or nobody came; and what was ended by mistake."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.bookings.contracts import Notice, carry
from clothier.bookings.events import AppointmentCancelled, AppointmentMissed, AppointmentReopened
from clothier.bookings.models import Appointment, Hold
from clothier.bookings.rules import tick
from clothier.bookings.selectors.slots import slots
from clothier.bookings.selectors.words import local, told
from clothier.bookings.services.booking import NobodyFree, hold, keep, locked, taken
from clothier.bookings.services.rights import check_deadline, is_late
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document

State, Via, Reason = Appointment.State, Appointment.Via, Appointment.Reason
# What was held is of no more use after this time.
_OVER = timedelta(days=2)


def _appointment(entry: Happening) -> Appointment:
    return Appointment.objects.get(pk=entry.subject_id)


@once(_appointment, AppointmentCancelled)
@transaction.atomic
def cancel(
    *,
    appointment: int,
    reason: str = Reason.CUSTOMER,
    via: str = Via.STORE,
    actor: int | None = None,
    key: str | None = None,
) -> Appointment:
    """The time is free again at once. Twice is once. When the store cannot do it, the customer is told.

    Refused for whoever has come already, and for customers themselves after the deadline.
    """
    if reason not in Reason.values:
        raise Refused(_("请选择取消原因"), field="reason")
    row = locked(appointment)
    if row.state == State.CANCELLED:
        return row
    if row.state != State.BOOKED:
        raise Refused(_("这个预约已经结束，不能取消"))
    rule = document("bookings").find(row.service)
    check_deadline(rule, row, staff=via == Via.STORE)
    late = is_late(rule, row)
    _end(row, State.CANCELLED, actor, reason)
    event = AppointmentCancelled(reason=reason, late=late)
    record(event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor, key=key)
    if reason == Reason.STORE:
        _tell(row)
    return row


def reopen(*, appointment: int, actor: int | None = None) -> Appointment:
    """A cancellation, or a no-show, was a mistake: expected again, if the time is still free.

    Raises SlotTaken with the next free times when it has been given to somebody else meanwhile, Refused when the
    customer has booked the same again.
    """
    try:
        with transaction.atomic():
            row = locked(appointment)
            if row.state not in (State.CANCELLED, State.MISSED):
                return row
            row.state, row.closed_at, row.closed_by, row.reason = State.BOOKED, None, None, ""
            keep(row, update_fields=["state", "closed_at", "closed_by", "reason"])
            _hold_again(row)
            record(AppointmentReopened(), subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor)
            return row
    except NobodyFree as gone:
        raise taken(gone.store, gone.rule, row.at, staff=True) from None


def miss(*, appointment: int, actor: int | None = None) -> bool:
    """Nobody came: whoever was kept free for it is free again. False when it was ended otherwise."""
    with transaction.atomic():
        row = locked(appointment)
        if row.state != State.BOOKED or row.at > clock.now():
            return False
        _end(row, State.MISSED, actor)
        event = AppointmentMissed(service=row.service)
        record(event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor)
        return True


def note_missed(*, limit: int = 200) -> int:
    """A chore: nobody is waited for longer than the house rules say. How many were missed."""
    until = clock.now() - timedelta(seconds=document("bookings").no_show_after)
    due = Appointment.objects.filter(state=State.BOOKED, at__lte=until).order_by("at").values_list("pk", flat=True)
    done = sum(miss(appointment=pk) for pk in list(due[:limit]))
    if not done:
        Hold.objects.filter(tick__lt=tick(clock.now() - _OVER)).delete()
    return done


def _end(row: Appointment, state: Appointment.State, actor: int | None, reason: str = "") -> None:
    row.state, row.closed_at, row.closed_by_id, row.reason = state, clock.now(), actor, reason
    row.save(update_fields=["state", "closed_at", "closed_by", "reason"])
    Hold.objects.filter(appointment=row).delete()


def _hold_again(row: Appointment) -> None:
    rule = document("bookings").find(row.service)
    if rule is None or row.ends_at <= clock.now():
        return
    day = local(row.at, row.store_id).date()
    found = slots(store=row.store_id, service=row.service, first=day, staff=True)
    free = next((slot.free for slot in found if slot.start == row.at), ())
    # The colleague the customer knows comes first.
    hold(row, rule, sorted(free, key=lambda one: one.number != row.employee_id))


def _tell(row: Appointment) -> None:
    zh, en = told(row)
    carry(
        Notice(
            kind="cancelled",
            subject=row.ref,
            customer=row.customer_id,
            store=row.store_id,
            text=f"请告知顾客并改约：{zh}",
            text_en=f"Tell the customer and offer another time: {en}",
            due_at=min(clock.now() + timedelta(hours=1), row.at),
            employee=row.employee_id,
        )
    )

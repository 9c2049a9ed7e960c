"""Giving somebody a time, moving it, giving it back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.bookings import rules
from clothier.bookings.contracts import Bookable, Resource, Slot, SlotTaken
from clothier.bookings.events import AppointmentBooked, AppointmentRescheduled
from clothier.bookings.models import Appointment, Hold
from clothier.bookings.selectors.slots import offers, place, slots
from clothier.bookings.services.rights import check_booking, check_deadline, service_rule
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused

State, Via = Appointment.State, Appointment.Via


def _appointment(entry: Happening) -> Appointment:
    return Appointment.objects.get(pk=entry.subject_id)


@once(_appointment, AppointmentBooked)
def book(
    *,
    store: int,
    service: str,
    customer: int,
    start: datetime,
    employee: int | None = None,
    purpose: str = "",
    via: str = Via.STORE,
    actor: int | None = None,
    key: str | None = None,
) -> Appointment:
    """A customer gets a time. `employee`: with this colleague, otherwise with whoever has least to do.

    Raises SlotTaken with the next free times when it is gone, Refused when this customer may not book it.
    """
    rule = service_rule(service)
    staff = via == Via.STORE
    check_booking(rule, customer=customer, staff=staff)
    slot = _slot(store, rule, start, staff=staff, employee=employee)
    row = Appointment(
        store_id=store,
        customer_id=customer,
        service=service,
        at=start,
        minutes=rule.lasts // 60,
        purpose=purpose.strip()[:60],
        via=via,
        booked_at=clock.now(),
        booked_by_id=actor,
    )
    try:
        with transaction.atomic():
            keep(row, force_insert=True)
            hold(row, rule, slot.free)
            event = AppointmentBooked(
                service=service, starts_at=start, minutes=row.minutes, employee_id=row.employee_id
            )
            record(event, subject=row.ref, customer=customer, store=store, actor=actor, key=key)
    except NobodyFree:
        raise taken(store, rule, start, staff=staff) from None
    return row


@once(_appointment, AppointmentRescheduled)
def reschedule(
    *,
    appointment: int,
    start: datetime,
    employee: int | None = None,
    via: str = Via.STORE,
    actor: int | None = None,
    key: str | None = None,
) -> Appointment:
    """The time moves, or somebody else will be there. What was held is free again, and reminders go out anew.

    Raises SlotTaken, with the appointment where it was, when the new time is gone; Refused once it is over.
    """
    staff = via == Via.STORE
    try:
        with transaction.atomic():
            row = locked(appointment)
            rule = service_rule(row.service)
            if row.state != State.BOOKED:
                raise Refused(_("这个预约已经结束，不能改期"))
            check_deadline(rule, row, staff=staff)
            same = row.at == start and employee in (None, row.employee_id)
            if same:
                return row
            slot = _slot(row.store_id, rule, start, staff=staff, employee=employee, ignoring=row.pk)
            was, row.at, row.minutes = row.at, start, rule.lasts // 60
            Hold.objects.filter(appointment=row).delete()
            row.reminders.all().delete()
            keep(row, update_fields=["at", "minutes"])
            hold(row, rule, slot.free)
            event = AppointmentRescheduled(was=was, starts_at=start, employee_id=row.employee_id)
            record(event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor, key=key)
            return row
    except NobodyFree as gone:
        raise taken(gone.store, gone.rule, start, staff=staff, ignoring=appointment) from None


class NobodyFree(Exception):
    """Whoever was free a moment ago has been given to somebody else."""

    def __init__(self, store: int, rule: Bookable) -> None:
        super().__init__(f"nobody is free for {rule.key}")
        self.store, self.rule = store, rule


def hold(row: Appointment, rule: Bookable, free: Iterable[Resource]) -> None:
    """Take the first of these that the database still gives: a quarter of an hour is given once, whoever asks.

    Raises NobodyFree when none is left.
    """
    needed = rules.quarters(row.at, timedelta(seconds=rule.lasts + rule.buffer))
    for one in free:
        holds = [Hold(appointment=row, kind=one.kind, number=one.number, tick=tick) for tick in needed]
        try:
            with transaction.atomic():
                Hold.objects.bulk_create(holds)
        except IntegrityError:
            continue
        row.employee_id = one.number if one.kind == "person" else None
        row.place = "" if one.kind == "person" else one.name
        row.save(update_fields=["employee", "place"])
        return
    raise NobodyFree(row.store_id, rule)


def locked(appointment: int) -> Appointment:
    """The appointment, held until the transaction is over. Refused when there is none."""
    row = Appointment.objects.select_for_update().filter(pk=appointment).first()
    if row is None:
        raise Refused(_("没有找到这个预约"), field="appointment")
    return row


def taken(store: int, rule: Bookable, start: datetime, *, staff: bool, ignoring: int | None = None) -> SlotTaken:
    """The refusal with what can be booked instead."""
    free = offers(store=store, service=rule.key, after=start, staff=staff, ignoring=ignoring)
    if start <= clock.now():
        return SlotTaken(_("这个时间已经过去，请选后面的时间"), free)
    text = _("这个时间刚被约走，可以选下面的时间") if free else _("这个时间约不到，近两周也没有空位，请换一家门店")
    return SlotTaken(text, free)


def _slot(
    store: int,
    rule: Bookable,
    start: datetime,
    *,
    staff: bool,
    employee: int | None,
    ignoring: int | None = None,
) -> Slot:
    where = place(store)
    if where is None:
        raise Refused(_("这家门店不接受预约"), field="store")
    day = start.astimezone(where.zone).date()
    found = slots(store=store, service=rule.key, first=day, staff=staff, employee=employee, ignoring=ignoring)
    for slot in found:
        if slot.start == start:
            return slot
    raise taken(store, rule, start, staff=staff, ignoring=ignoring)


def keep(row: Appointment, **how: Any) -> None:
    """Save it as `how` says. Refused when the customer is expected at that moment for the same already."""
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError:
        raise Refused(_("这位顾客已经约了这个时间"), field="start") from None

"""Bookings of the past and those already made, many at a time, with the events that told of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from clothier.bookings import rules
from clothier.bookings.contracts import PastActivity, PastAppointment
from clothier.bookings.events import (
    ActivityAnnounced,
    ActivityAttended,
    ActivitySignedUp,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCheckedIn,
    AppointmentMissed,
)
from clothier.bookings.models import Activity, Appointment, Hold, SignUp
from clothier.eventlog.contracts import Event
from clothier.eventlog.services import record_alike

State = Appointment.State


@transaction.atomic
def load_appointments(past: Sequence[PastAppointment]) -> list[int]:
    """Insert them with their holds and events; their ids in order. IntegrityError when two hold the same quarter."""
    rows = Appointment.objects.bulk_create(_row(one) for one in past)
    holds = [
        Hold(appointment=row, kind=one.takes.kind, number=one.takes.number, tick=tick)
        for row, one in zip(rows, past, strict=True)
        if one.takes and one.state == State.BOOKED
        for tick in rules.quarters(one.start, timedelta(minutes=one.minutes + one.buffer_minutes))
    ]
    Hold.objects.bulk_create(holds, batch_size=500)
    pairs = list(zip(rows, past, strict=True))
    told = [(row, _booked(row), one.booked_at) for row, one in pairs]
    _tell(AppointmentBooked, told)
    for state, event in (
        (State.ARRIVED, AppointmentCheckedIn),
        (State.MISSED, AppointmentMissed),
    ):
        _tell(event, [(row, {"service": row.service}, one.start) for row, one in pairs if one.state == state])
    gone = [pair for pair in pairs if pair[1].state == State.CANCELLED]
    _tell(AppointmentCancelled, [(row, {"reason": "customer"}, one.booked_at) for row, one in gone])
    return [row.pk for row in rows]


@transaction.atomic
def load_activities(past: Sequence[PastActivity]) -> list[int]:
    """Insert them with who signed up: seats in order while there are any, then the waiting list."""
    rows = Activity.objects.bulk_create(_activity(one) for one in past)
    for row, one in zip(rows, past, strict=True):
        _announce(row, one)
        _sign_up(row, one)
    return [row.pk for row in rows]


def _row(one: PastAppointment) -> Appointment:
    ended = one.state in (State.MISSED, State.CANCELLED)
    return Appointment(
        store_id=one.store,
        customer_id=one.customer,
        service=one.service,
        at=one.start,
        minutes=one.minutes,
        purpose=one.purpose,
        employee_id=one.employee,
        place=one.place,
        state=one.state,
        booked_at=one.booked_at,
        closed_at=one.start if ended else None,
        reason=Appointment.Reason.CUSTOMER if one.state == State.CANCELLED else "",
    )


def _booked(row: Appointment) -> dict[str, object]:
    return {
        "service": row.service,
        "starts_at": row.at,
        "minutes": row.minutes,
        "employee_id": row.employee_id,
    }


def _tell(event: type[Event], told: Iterable[tuple[Appointment, dict[str, object], datetime]]) -> None:
    rows = list(told)
    record_alike(
        event,
        [payload for _row, payload, _at in rows],
        subject_kind="appointment",
        subjects=[row.pk for row, _payload, _at in rows],
        customers=[row.customer_id for row, _payload, _at in rows],
        stores=[row.store_id for row, _payload, _at in rows],
        actors=[row.employee_id for row, _payload, _at in rows],
        occurred_at=[at for _row, _payload, at in rows],
    )


def _activity(one: PastActivity) -> Activity:
    taken = sum(seats for _customer, seats in _seated(one)[0])
    return Activity(
        store_id=one.store,
        kind=one.kind,
        title=one.title,
        title_en=one.title_en,
        about=one.about,
        about_en=one.about_en,
        place=one.place,
        starts_at=one.start,
        ends_at=one.end,
        capacity=one.capacity,
        host_id=one.host,
        taken=taken,
    )


def _seated(one: PastActivity) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Who has seats and who waits: each gets theirs while they fit."""
    left, seated, waiting = one.capacity, [], []
    for customer, seats in one.sign_ups:
        if seats <= left:
            left -= seats
            seated.append((customer, seats))
        else:
            waiting.append((customer, seats))
    return seated, waiting


def _announce(row: Activity, one: PastActivity) -> None:
    record_alike(
        ActivityAnnounced,
        [{"kind": row.kind, "starts_at": row.starts_at, "capacity": row.capacity}],
        subject_kind="activity",
        subjects=[row.pk],
        customers=[None],
        stores=[row.store_id],
        actors=[one.host],
        occurred_at=[one.announced_at],
    )


def _sign_up(row: Activity, one: PastActivity) -> None:
    seated, waiting = _seated(one)
    came = [*one.came, *[False] * len(one.sign_ups)]
    signed = SignUp.objects.bulk_create(
        SignUp(
            activity=row,
            customer_id=customer,
            seats=seats,
            state=state,
            signed_at=one.announced_at + timedelta(hours=1 + nth),
            attended_at=one.start if there else None,
        )
        for nth, ((customer, seats), state, there) in enumerate(
            [(pair, SignUp.State.SEATED, came[n]) for n, pair in enumerate(seated)]
            + [(pair, SignUp.State.WAITING, False) for pair in waiting]
        )
    )
    _tell_signed(ActivitySignedUp, row, signed, [one.signed_at for one in signed])
    there = [sign for sign in signed if sign.attended_at]
    _tell_signed(ActivityAttended, row, there, [row.starts_at] * len(there))


def _tell_signed(event: type[Event], row: Activity, signed: Sequence[SignUp], at: Sequence[datetime]) -> None:
    stateful = event is ActivitySignedUp
    record_alike(
        event,
        [
            {"sign_up_id": one.pk, "seats": one.seats} | ({"state": str(one.state)} if stateful else {})
            for one in signed
        ],
        subject_kind="activity",
        subjects=[row.pk] * len(signed),
        customers=[one.customer_id for one in signed],
        stores=[row.store_id] * len(signed),
        actors=[None] * len(signed),
        occurred_at=at,
    )

"""What is held is what is booked: every appointment ahead has its quarters, nobody else has any, and seats add up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from clothier.bookings import rules
from clothier.bookings.models import Activity, Appointment, Hold, SignUp
from clothier.kernel import clock

State = Appointment.State


@dataclass(frozen=True, slots=True)
class Difference:
    """An appointment or an activity (`kind`), and what of it is not what it should be: holds, taken, waiting."""

    kind: str
    id: int
    column: str


def booking_differences() -> Iterator[Difference]:
    """Of what is ahead: the past holds nothing any more."""
    now = clock.now()
    ahead = Appointment.objects.filter(at__gt=now, state=State.BOOKED).exclude(service="")
    for row in ahead.annotate(held=Count("holds")).order_by("pk").iterator():
        if row.held < len(rules.quarters(row.at, timedelta(minutes=row.minutes))):
            yield Difference("appointment", row.pk, "holds")
    ended = (State.CANCELLED, State.MISSED)
    for pk in Hold.objects.filter(appointment__state__in=ended).values_list("appointment", flat=True).distinct():
        yield Difference("appointment", pk, "holds")
    seats = Coalesce(Sum("sign_ups__seats", filter=Q(sign_ups__state=SignUp.State.SEATED)), 0)
    for pk in Activity.objects.annotate(seats=seats).exclude(seats=F("taken")).values_list("pk", flat=True):
        yield Difference("activity", pk, "taken")
    yield from _left_waiting()


def _left_waiting() -> Iterator[Difference]:
    """Nobody waits for seats that are free."""
    coming = Activity.objects.filter(starts_at__gt=clock.now(), cancelled_at=None, capacity__isnull=False)
    fits = Q(sign_ups__state=SignUp.State.WAITING, sign_ups__seats__lte=F("capacity") - F("taken"))
    for pk in coming.filter(fits).values_list("pk", flat=True).distinct():
        yield Difference("activity", pk, "waiting")

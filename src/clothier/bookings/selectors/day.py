"""A store's diary: what is on, and who is expected."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clothier.bookings.models import Activity, Appointment
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.rows import prepared

# Who comes in so long before or after an appointment comes for it.
EARLY, LATE = timedelta(hours=2), timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Awaited:
    appointment: int
    customer: int


def activities_today(*, store: int, start: datetime, end: datetime) -> list[Activity]:
    """What is on in a store between two moments, six at most; no secret, the kiosk shows it."""
    return _on(store=store, start=start, end=end)


@prepared
def _on(store: int, start: datetime, end: datetime) -> "QuerySet[Activity, Activity]":
    rows = Activity.objects.filter(Q(store=store) | Q(store=None), ends_at__gt=start, starts_at__lt=end)
    return rows.filter(cancelled_at=None).order_by("starts_at", "id")[:6]


def appointments_today(viewer: Viewer, *, store: int, start: datetime, end: datetime) -> list[Appointment]:
    """Who is expected in a store between two moments and has not come yet."""
    return _expected(store=store, start=start, end=end) if viewer.sees(store) else []


@prepared
def _expected(store: int, start: datetime, end: datetime) -> "QuerySet[Appointment, Appointment]":
    expected = Appointment.objects.filter(store=store, at__gte=start, at__lt=end, state=Appointment.State.BOOKED.value)
    return expected.order_by("at", "id")[:50]


def awaited(*, store: int, customer: int | None, appointment: int | None, at: datetime) -> Awaited | None:
    """The appointment an arrival answers: the one named, or a customer's own about this time.

    Refused when the one named is of another store, or was cancelled.
    """
    if appointment is not None:
        return _named(store, appointment)
    if customer is None:
        return None
    rows = _own(customer=customer, store=store, since=at - LATE, until=at + EARLY)
    return next((Awaited(pk, customer) for pk in rows), None)


def _named(store: int, appointment: int) -> Awaited:
    row = Appointment.objects.filter(pk=appointment, store_id=store).first()
    if row is None:
        raise Refused(_("没有找到这个预约"), field="appointment")
    if row.state == Appointment.State.CANCELLED:
        raise Refused(_("这个预约已经取消，请按平常到店登记"), field="appointment")
    return Awaited(row.pk, row.customer_id)


@prepared
def _own(customer: int, store: int, since: datetime, until: datetime) -> "QuerySet[Appointment, int]":
    """Missed ones too: who comes late is welcome all the same."""
    open_ = [Appointment.State.BOOKED.value, Appointment.State.MISSED.value]
    rows = Appointment.objects.filter(customer_id=customer, store=store, at__gte=since, at__lte=until, state__in=open_)
    return rows.order_by("at", "id").values_list("id", flat=True)[:1]

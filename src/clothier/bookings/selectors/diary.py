"""Appointments as pages show them: a store's days, somebody's own, a customer's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from clothier.bookings.contracts import AppointmentView, StopView
from clothier.bookings.models import Appointment, Reminder, Stop
from clothier.bookings.rules.slots import merged
from clothier.bookings.selectors.words import service_names
from clothier.kernel import clock
from clothier.kernel.access import STAFF, Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import words
from clothier.staff.selectors import times_at_work

State = Appointment.State
# A route matters to the floor so long before and after its time.
SOON = timedelta(hours=2)
# A week of a flagship is hundreds of rows: nothing is read that no page shows.
_SHOWN = (
    "pk", "store_id", "customer_id", "at", "minutes", "purpose", "service", "employee_id", "employee__name", "place",
    "state", "reason",
)  # fmt: skip


def appointments_for(viewer: Viewer) -> QuerySet[Appointment]:
    """Appointments in the viewer's stores."""
    rows = Appointment.objects.all()
    return rows if viewer.stores is None else rows.filter(store__in=viewer.stores)


def diary(
    viewer: Viewer, *, store: int, since: datetime, until: datetime, employee: int | None = None, limit: int = 500
) -> list[AppointmentView]:
    """What begins in a store between two moments, cancelled ones too, by time; `employee`: only with this colleague."""
    if not viewer.sees(store):
        return []
    return _views(_diary(store=store, since=since, until=until, employee=employee, limit=limit))


@prepared
def _diary(
    store: int, since: datetime, until: datetime, employee: int | None, limit: int
) -> "QuerySet[Appointment, Any]":
    rows = _shown(_beginning(store, since, until, employee))
    return rows.order_by("at", "id")[:limit]


def _beginning(store: int, since: datetime, until: datetime, employee: int | None) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(store=store, at__gte=since, at__lt=until)
    return rows if employee is None else rows.filter(employee=employee)


def moments(
    viewer: Viewer, *, store: int, since: datetime, until: datetime, employee: int | None = None
) -> list[datetime]:
    """When the appointments of a diary begin, and nothing else about them."""
    if not viewer.sees(store):
        return []
    return _moments(store=store, since=since, until=until, employee=employee)


@prepared
def _moments(store: int, since: datetime, until: datetime, employee: int | None) -> "QuerySet[Appointment, datetime]":
    return _beginning(store, since, until, employee).order_by().values_list("at", flat=True).distinct()


def mine(viewer: Viewer, *, since: datetime, until: datetime) -> list[AppointmentView]:
    """The viewer's own appointments, in whatever store; what was cancelled left out."""
    if viewer.employee is None:
        return []
    rows = Appointment.objects.filter(employee=viewer.employee, at__gte=since, at__lt=until)
    return views(rows.exclude(state=State.CANCELLED).order_by("at", "id")[:500])


def appointment_view(viewer: Viewer, appointment: int) -> AppointmentView | None:
    return next(iter(views(appointments_for(viewer).filter(pk=appointment))), None)


def of_customers(customers: Iterable[int], *, limit: int = 5) -> list[AppointmentView]:
    """What a person has booked and is not over, the next first. For the person themselves, and for who serves them."""
    return _views(_ahead(customers=customers, since=clock.now() - timedelta(hours=3), limit=limit))


@prepared
def _ahead(customers: list[int], since: datetime, limit: int) -> "QuerySet[Appointment, Any]":
    rows = Appointment.objects.filter(customer_id__in=customers, state=State.BOOKED.value, at__gte=since)
    return _shown(rows).order_by("at", "id")[:limit]


def upcoming_for(viewer: Viewer, *, customers: Sequence[int], limit: int = 5) -> list[AppointmentView]:
    """The same, for staff: a customer is expected wherever it is."""
    return of_customers(customers, limit=limit) if viewer.role in STAFF else []


def views(rows: QuerySet[Appointment]) -> list[AppointmentView]:
    return _views(_shown(rows))


def _shown(rows: QuerySet[Appointment]) -> "QuerySet[Appointment, Any]":
    reminded = Exists(Reminder.objects.filter(appointment=OuterRef("pk")))
    return rows.values_list(*_SHOWN, reminded)


def _views(rows: Iterable[Any]) -> list[AppointmentView]:
    """As many queries for a week as for one: the rows, the stops of those with a route, the roster of those ahead."""
    names, states, reasons = service_names(), words(State), words(Appointment.Reason)
    found = [
        AppointmentView(
            id=pk,
            store_id=store,
            customer_id=customer,
            service=service,
            service_name=names.get(service, service) or purpose,
            start=at,
            end=at + timedelta(minutes=minutes),
            purpose=purpose,
            employee_id=employee,
            employee=name or "",
            place=place,
            state=state,
            state_name=states[state],
            reason_name=reasons.get(reason, ""),
            reminded=reminded,
        )
        for pk, store, customer, at, minutes, purpose, service, employee, name, place, state, reason, reminded in rows
    ]
    routes, uncovered = _routes(found), _uncovered(found)
    return [
        replace(view, stops=tuple(routes[view.id]), staffed=view.id not in uncovered)
        if view.id in routes or view.id in uncovered
        else view
        for view in found
    ]


def _routes(rows: list[AppointmentView]) -> dict[int, list[StopView]]:
    routes: defaultdict[int, list[StopView]] = defaultdict(list)
    for stop in _stops(appointments=[row.id for row in rows if row.service]):
        routes[stop.appointment_id].append(StopView(stop.zone_id, str(stop.zone), stop.brand))
    return routes


@prepared
def _stops(appointments: list[int]) -> "QuerySet[Stop, Stop]":
    return Stop.objects.filter(appointment__in=appointments).select_related("zone").order_by("position")


def _uncovered(rows: list[AppointmentView]) -> set[int]:
    """Which of those to come have nobody any more: the roster changed after they were booked."""
    now = clock.now()
    ahead = [row for row in rows if row.state == State.BOOKED and row.employee_id and row.start > now]
    uncovered: set[int] = set()
    for store in {row.store_id for row in ahead}:
        here = [row for row in ahead if row.store_id == store]
        times = times_at_work(store=store, start=min(r.start for r in here), end=max(r.end for r in here))
        there = {employee: merged(spans) for employee, spans in times.items()}
        uncovered |= {row.id for row in here if not _covers(there.get(row.employee_id or 0, []), row)}
    return uncovered


def _covers(spans: list[tuple[datetime, datetime]], row: AppointmentView) -> bool:
    return any(since <= row.start and row.end <= until for since, until in spans)


@dataclass(frozen=True, slots=True)
class RouteNow:
    """A prepared route of somebody who has just come, or comes soon: the stops in order, as the floor reads them."""

    appointment: int
    at: datetime
    here: bool
    employee: str
    stops: tuple[StopView, ...]


def routes_now(viewer: Viewer, *, store: int) -> list[RouteNow]:
    """What the brands on the way should know now: who comes within two hours, and who is there; one query."""
    if not viewer.sees(store):
        return []
    now, found = clock.now(), defaultdict(list)
    for stop in _routes_between(store=store, since=now - SOON, until=now + SOON):
        found[stop.appointment_id].append(stop)
    return [_route_now(stops) for stops in found.values()]


@prepared
def _routes_between(store: int, since: datetime, until: datetime) -> "QuerySet[Stop, Stop]":
    near = Stop.objects.filter(appointment__store=store, appointment__at__gte=since, appointment__at__lt=until)
    open_ = near.filter(appointment__state__in=[State.BOOKED.value, State.ARRIVED.value])
    return open_.select_related("appointment__employee", "zone").order_by("appointment__at", "appointment", "position")


def _route_now(stops: list[Stop]) -> RouteNow:
    row = stops[0].appointment
    return RouteNow(
        appointment=row.pk,
        at=row.at,
        here=row.state == State.ARRIVED,
        employee=row.employee.name if row.employee else "",
        stops=tuple(StopView(stop.zone_id, str(stop.zone), stop.brand) for stop in stops),
    )

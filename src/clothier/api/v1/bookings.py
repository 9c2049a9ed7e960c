"""Free times, appointments, activities and sign-ups: what a mini program or a concierge needs."""

from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.problems import answer
from clothier.api.v1.access import CallerRequest, Key, repetition_key, store_by_code
from clothier.api.v1.paging import Page, PageQuery, page
from clothier.api.v1.types import At, Body, Code, Id, PathId, Text
from clothier.bookings import services
from clothier.bookings.contracts import ActivityView, Slot, SlotTaken
from clothier.bookings.selectors import (
    activities_for,
    activity_view,
    appointments_for,
    coming_up,
    sign_up_view,
    slots,
)
from clothier.customers.selectors import person_of
from clothier.kernel.errors import Refused

router = Router(tags=["bookings"])
VIA = "api"


class SlotOut(Schema):
    """A time that can be booked now; `free` colleagues, rooms or desks could take it."""

    start: At
    end: At
    free: int


class AppointmentIn(Body):
    store: Code
    service: Code
    customer: Id
    start: At
    purpose: Text = ""


class TimeIn(Body):
    start: At


class AppointmentOut(Schema):
    id: int
    store: int
    customer: int
    service: str
    start: At
    end: At
    state: str
    employee: int | None
    place: str


class ActivityOut(Schema):
    """`left` seats, none where nobody needs to sign up."""

    id: int
    store: int | None
    kind: str
    title: str
    about: str
    place: str
    start: At
    end: At
    capacity: int | None
    left: int | None
    waiting: int


class SignUpIn(Body):
    customer: Id
    seats: int = Field(1, ge=1, le=20)


class SignUpOut(Schema):
    """`state` is seated or waiting, with the `rank` among those who wait; cancelled once it was given up."""

    id: int
    activity: int
    customer: int
    seats: int
    state: str
    rank: int


@router.get("/slots", auth=Key(Scope.BOOKINGS_READ), response=list[SlotOut], summary="Free times of a service")
def free_times(request: HttpRequest, store: Code, service: Code, first: date, last: date | None = None) -> object:
    """On local days from `first` to `last`, both included, two months at most; as customers may book them."""
    who = cast(CallerRequest, request).auth
    if not (2000 <= first.year <= 2100 and (last is None or 2000 <= last.year <= 2100)):
        raise Refused(_("日期不在可预约的范围"), field="first")
    found = slots(store=store_by_code(who, store), service=service, first=first, last=last)
    return [_slot(slot) for slot in found]


@router.get(
    "/appointments", auth=Key(Scope.BOOKINGS_READ), response=Page[AppointmentOut], summary="Appointments, newest first"
)
def appointments(
    request: HttpRequest, where: Query[PageQuery], store: Code | None = None, customer: PathId | None = None
) -> object:
    who = cast(CallerRequest, request).auth
    rows = appointments_for(who.viewer)
    if store:
        rows = rows.filter(store=store_by_code(who, store))
    if customer is not None:
        rows = rows.filter(customer_id=customer)
    return page(rows, where, _appointment)


@router.post(
    "/appointments", auth=Key(Scope.BOOKINGS_WRITE), response={201: AppointmentOut}, summary="A customer books a time"
)
def book(request: HttpRequest, body: AppointmentIn) -> object:
    """Answered with 409 and `offers`, the next free times, when the time is gone."""
    caller = cast(CallerRequest, request)
    _known(body.customer)
    try:
        row = services.book(
            store=store_by_code(caller.auth, body.store),
            service=body.service,
            customer=body.customer,
            start=body.start,
            purpose=body.purpose,
            via=VIA,
            key=repetition_key(caller),
        )
    except SlotTaken as gone:
        return _gone(gone)
    return Status(201, _appointment(row))


@router.post(
    "/appointments/{appointment}/time",
    auth=Key(Scope.BOOKINGS_WRITE),
    response=AppointmentOut,
    summary="An appointment is moved",
)
def move(request: HttpRequest, appointment: PathId, body: TimeIn) -> object:
    caller = cast(CallerRequest, request)
    _seen(caller, appointment)
    try:
        row = services.reschedule(appointment=appointment, start=body.start, via=VIA, key=repetition_key(caller))
    except SlotTaken as gone:
        return _gone(gone)
    return _appointment(row)


@router.post(
    "/appointments/{appointment}/cancellation",
    auth=Key(Scope.BOOKINGS_WRITE),
    response=AppointmentOut,
    summary="An appointment is cancelled",
)
def cancel(request: HttpRequest, appointment: PathId) -> object:
    caller = cast(CallerRequest, request)
    _seen(caller, appointment)
    return _appointment(services.cancel(appointment=appointment, via=VIA, key=repetition_key(caller)))


@router.get(
    "/activities", auth=Key(Scope.BOOKINGS_READ), response=list[ActivityOut], summary="Activities to come, next first"
)
def activities(request: HttpRequest, store: Code) -> object:
    who = cast(CallerRequest, request).auth
    return [_activity(view) for view in coming_up(store=store_by_code(who, store), days=92, limit=100)]


@router.post(
    "/activities/{activity}/sign-ups",
    auth=Key(Scope.BOOKINGS_WRITE),
    response={201: SignUpOut},
    summary="A customer signs up, or waits for a seat",
)
def sign_up(request: HttpRequest, activity: PathId, body: SignUpIn) -> object:
    caller = cast(CallerRequest, request)
    if not activities_for(caller.auth.viewer).filter(pk=activity).exists():
        raise Http404
    _known(body.customer)
    row = services.sign_up(
        activity=activity, customer=body.customer, seats=body.seats, via=VIA, key=repetition_key(caller)
    )
    return Status(201, _sign_up(caller, row.pk))


@router.post(
    "/activities/{activity}/sign-ups/{sign_up}/cancellation",
    auth=Key(Scope.BOOKINGS_WRITE),
    response=SignUpOut,
    summary="A sign-up is given up",
)
def give_up(request: HttpRequest, activity: PathId, sign_up: PathId) -> object:
    caller = cast(CallerRequest, request)
    view = sign_up_view(caller.auth.viewer, sign_up)
    if view is None or view.activity_id != activity or activity_view(caller.auth.viewer, activity) is None:
        raise Http404
    services.cancel_sign_up(sign_up=sign_up, via=VIA, key=repetition_key(caller))
    return _sign_up(caller, sign_up)


def _known(customer: int) -> None:
    if person_of(customer) is None:
        raise Refused(_("没有这位顾客"), field="customer")


def _seen(caller: CallerRequest, appointment: int) -> None:
    if not appointments_for(caller.auth.viewer).filter(pk=appointment).exists():
        raise Http404


def _gone(gone: SlotTaken) -> object:
    offers = [{"start": slot.start.isoformat(), "end": slot.end.isoformat()} for slot in gone.offers]
    return answer(409, gone.message, errors=[{"field": gone.field, "message": gone.message}], offers=offers)


def _slot(slot: Slot) -> dict[str, object]:
    return {"start": slot.start, "end": slot.end, "free": len(slot.free)}


def _appointment(row: Any) -> dict[str, object]:
    return {
        "id": row.pk,
        "store": row.store_id,
        "customer": row.customer_id,
        "service": row.service,
        "start": row.at,
        "end": row.ends_at,
        "state": row.state,
        "employee": row.employee_id,
        "place": row.place,
    }


def _activity(view: ActivityView) -> dict[str, object]:
    names = ("id", "kind", "title", "about", "place", "start", "end", "capacity", "left", "waiting")
    return {"store": view.store_id} | {name: getattr(view, name) for name in names}


def _sign_up(caller: CallerRequest, sign_up: int) -> dict[str, object]:
    view = sign_up_view(caller.auth.viewer, sign_up)
    if view is None:
        raise Http404
    names = ("id", "seats", "state", "rank")
    return {"activity": view.activity_id, "customer": view.customer_id} | {name: getattr(view, name) for name in names}

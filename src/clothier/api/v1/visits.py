"""Arrivals, steps, zones, bells and fittings: what the floor's machines tell."""

from typing import Any, Literal, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, repetition_key, store_by_code, zone_by_code
from clothier.api.v1.paging import Page, PageQuery, page
from clothier.api.v1.types import At, Body, Code, Id, PathId, Text
from clothier.customers.selectors import person_of
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.staff.selectors import employees_for
from clothier.visits import services
from clothier.visits.selectors import visits_for

router = Router(tags=["visits"])
VIA = Literal["greeter", "member_code", "check_in", "appointment", "plate", "rfid", "kiosk"]


class ArrivalIn(Body):
    """Somebody came in: nobody known, a customer's number, or an identifier a reader saw."""

    store: Code
    via: VIA = "check_in"
    customer: Id | None = None
    identifier_kind: Literal["member", "phone", "plate", "rfid", "openid", "unionid"] | None = None
    identifier: Code | None = None
    party_size: int = Field(1, ge=1, le=50)
    occurred_at: At | None = None


class VisitOut(Schema):
    id: int
    store: int
    customer: int | None
    via: str
    party_size: int
    arrived_at: At
    left_at: At | None
    outcome: str


class StepIn(Body):
    """One step of the service. `zone` for stopped; `style_ids` for proposed; `kind` for aid; `outcome` for left."""

    step: Literal["greeted", "stopped", "approached", "proposed", "aid_offered", "left"]
    employee: Id | None = None
    zone: Code | None = None
    style_ids: list[Id] = Field(default_factory=list, max_length=30)
    kind: Text = ""
    outcome: Literal["bought", "left"] | None = None
    occurred_at: At | None = None


class StepOut(Schema):
    id: int
    visit: int
    step: str
    at: At


class StayIn(Body):
    zone: Code
    dwell_seconds: int = Field(ge=0, le=86_400)
    occurred_at: At | None = None


class BellIn(Body):
    store: Code
    source: Literal["fitting_room", "kiosk", "qr"]
    zone: Code | None = None
    visit: Id | None = None
    wish: Text = ""
    occurred_at: At | None = None


class BellOut(Schema):
    id: int
    store: int
    rung_at: At


@router.post("/arrivals", auth=Key(Scope.VISITS_WRITE), response={201: VisitOut}, summary="Somebody comes in")
def arrive(request: HttpRequest, body: ArrivalIn) -> object:
    caller_request = cast(CallerRequest, request)
    who = caller_request.auth
    store, key = store_by_code(who, body.store), repetition_key(caller_request)
    if body.identifier_kind and body.identifier:
        customer: int | None = services.customer_by(kind=body.identifier_kind, value=body.identifier)
    else:
        customer = body.customer
        if customer is not None and person_of(customer) is None:
            raise Refused(_("没有这位顾客"), field="customer")
    visit = services.arrive(
        store=store,
        via=body.via,
        customer=customer,
        party_size=body.party_size,
        occurred_at=body.occurred_at,
        key=key,
    )
    return Status(201, _out(visit))


@router.get("/visits", auth=Key(Scope.VISITS_READ), response=Page[VisitOut], summary="Visits, newest first")
def visits(request: HttpRequest, where: Query[PageQuery], store: Code | None = None) -> object:
    who = cast(CallerRequest, request).auth
    rows = visits_for(who.viewer)
    if store:
        rows = rows.filter(store=store_by_code(who, store))
    return page(rows, where, _out)


@router.post(
    "/visits/{visit}/steps", auth=Key(Scope.VISITS_WRITE), response={201: StepOut}, summary="A step of the service"
)
def step(request: HttpRequest, visit: PathId, body: StepIn) -> object:
    caller_request = cast(CallerRequest, request)
    who = caller_request.auth
    store = _store_of(who.viewer, visit)
    zone = zone_by_code(who, store, body.zone) if body.zone else None
    # A machine speaks for colleagues of its own stores only: the step counts for whoever it names.
    if body.employee is not None and not employees_for(who.viewer).filter(pk=body.employee).exists():
        raise Refused(_("没有这位员工"), field="employee")
    taken = _take(visit, body, zone, repetition_key(caller_request))
    return Status(201, {"id": taken.pk, "visit": visit, "step": taken.kind, "at": taken.at})


@router.post(
    "/visits/{visit}/stays",
    auth=Key(Scope.VISITS_WRITE),
    response={201: StepOut},
    summary="A stay in a zone, with its length",
)
def stay(request: HttpRequest, visit: PathId, body: StayIn) -> object:
    caller_request = cast(CallerRequest, request)
    who = caller_request.auth
    zone = zone_by_code(who, _store_of(who.viewer, visit), body.zone)
    row = services.enter_zone(
        visit=visit,
        zone=zone,
        dwell_seconds=body.dwell_seconds,
        occurred_at=body.occurred_at,
        key=repetition_key(caller_request),
    )
    return Status(201, {"id": row.pk, "visit": visit, "step": "zone_entered", "at": row.entered_at})


@router.post("/bells", auth=Key(Scope.VISITS_WRITE), response={201: BellOut}, summary="A call for help")
def ring(request: HttpRequest, body: BellIn) -> object:
    caller_request = cast(CallerRequest, request)
    who = caller_request.auth
    store = store_by_code(who, body.store)
    if body.visit is not None and _store_of(who.viewer, body.visit) != store:
        raise Refused(_("这次到店不在该门店"), field="visit")
    bell = services.ring_bell(
        store=store,
        source=body.source,
        zone=zone_by_code(who, store, body.zone) if body.zone else None,
        visit=body.visit,
        wish=body.wish,
        occurred_at=body.occurred_at,
        key=repetition_key(caller_request),
    )
    return Status(201, {"id": bell.pk, "store": bell.store_id, "rung_at": bell.rung_at})


def _take(visit: int, body: StepIn, zone: int | None, key: str | None) -> Any:
    told: dict[str, Any] = {"visit": visit, "actor": body.employee, "occurred_at": body.occurred_at, "key": key}
    match body.step:
        case "greeted":
            return services.greet(**told)
        case "stopped":
            return services.stop(**told, zone=zone, asked=zone is None)
        case "approached":
            return services.approach(**told)
        case "proposed":
            return services.propose(**told, style_ids=body.style_ids)
        case "aid_offered":
            return services.offer_aid(**told, kind=body.kind)
        case "left":
            return services.leave(**told, outcome=body.outcome or "left")


def _store_of(viewer: Viewer, visit: int) -> int:
    store = visits_for(viewer).filter(pk=visit).values_list("store_id", flat=True).first()
    if store is None:
        raise Http404
    return store


def _out(visit: Any) -> dict[str, object]:
    return {
        "id": visit.pk,
        "store": visit.store_id,
        "customer": visit.customer_id,
        "via": visit.via,
        "party_size": visit.party_size,
        "arrived_at": visit.arrived_at,
        "left_at": visit.left_at,
        "outcome": visit.outcome,
    }

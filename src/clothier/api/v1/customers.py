"""Customers: looked up by what a machine has in hand, registered once."""

from typing import Literal, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, repetition_key, store_by_code
from clothier.api.v1.types import At, Body, Code, PathId, Text
from clothier.customers import services
from clothier.customers.contracts import Kind, NewIdentifier
from clothier.customers.selectors import by_identifier, card
from clothier.kernel.errors import Refused

router = Router(tags=["customers"])
KIND = Literal["member", "phone", "unionid", "openid", "wecom", "email", "rfid", "plate"]


class IdentifierIn(Body):
    kind: KIND
    value: Code
    verified: bool = Field(False, description="Proven to be theirs, by a code or a sign-in.")


class CustomerIn(Body):
    """`external_id` is the customer's number in the calling system; repeated, it registers nobody twice."""

    name: Text = Field("", max_length=60)
    title: Literal["", "ms", "mr"] = ""
    external_id: Code | None = None
    store: Code | None = None
    identifiers: list[IdentifierIn] = Field(default_factory=list, max_length=10)
    occurred_at: At | None = None


class CustomerRef(Schema):
    id: int


class CustomerOut(Schema):
    """What the floor sees; contact data is masked."""

    id: int
    name: str
    layer: str
    phone: str
    member_number: str
    orders: int
    visits: int
    spend_fen: int
    last_purchase_at: At | None
    registered_at: At
    tags: list[str]


@router.post("/customers", auth=Key(Scope.CUSTOMERS_WRITE), response={201: CustomerRef}, summary="Register a customer")
def register(request: HttpRequest, body: CustomerIn) -> object:
    caller_request = cast(CallerRequest, request)
    who = caller_request.auth
    store = store_by_code(who, body.store) if body.store else None
    customer = services.register(
        name=body.name,
        title=body.title,
        identifiers=[NewIdentifier(Kind(each.kind), each.value, each.verified) for each in body.identifiers],
        external_id=body.external_id,
        source="api",
        store=store,
        occurred_at=body.occurred_at,
        key=repetition_key(caller_request),
    )
    return Status(201, {"id": customer})


@router.get(
    "/customers/lookup", auth=Key(Scope.CUSTOMERS_READ), response=CustomerRef, summary="Whose identifier is this?"
)
def lookup(request: HttpRequest, kind: KIND, value: Code) -> object:
    try:
        customer = by_identifier(kind, value)
    except ValueError:
        raise Refused(_("这不是有效的标识"), field="value") from None
    if customer is None:
        raise Http404
    return {"id": customer}


@router.get("/customers/{customer}", auth=Key(Scope.CUSTOMERS_READ), response=CustomerOut, summary="A customer's card")
def show(request: HttpRequest, customer: PathId) -> object:
    who = cast(CallerRequest, request).auth
    found = card(who.viewer, customer, purpose="api")
    if found is None:
        raise Http404
    return {
        "id": found.customer_id,
        "name": found.name,
        "layer": found.layer,
        "phone": found.phone,
        "member_number": found.member_number,
        "orders": found.orders,
        "visits": found.visits,
        "spend_fen": found.spend_fen,
        "last_purchase_at": found.last_purchase_at,
        "registered_at": found.registered_at,
        "tags": list(found.tags),
    }

"""Points, tier and member code of a customer, for tills and mini-programs."""

from datetime import datetime
from typing import Literal, cast

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, repetition_key
from clothier.api.v1.types import MOST, At, Body, Code, PathId
from clothier.customers.selectors import is_living
from clothier.loyalty.contracts import CODE_SECONDS, StatementRow
from clothier.loyalty.selectors import balance, card_of, forecast, statement, tier_of
from clothier.loyalty.services import grant

router = Router(tags=["points"])


class PointsOut(Schema):
    """`available` may be spent now. `tier` is a key of the house rules, empty below the first; fen to the next one."""

    available: int
    pending: int
    debt: int
    expiring: int
    expires_at: At | None
    tier: str
    next_tier: str | None
    missing_fen: int | None


class MovementOut(Schema):
    """One happening: `document` says what it was for, such as order:12."""

    id: int
    kind: str
    document: str
    points: int
    occurred_at: At


class StatementOut(Schema):
    items: list[MovementOut]
    next_at: At | None = Field(description="Ask for the next page with ?before_at=…&before_id=…; null on the last.")
    next_id: int | None


class StatementQuery(Schema):
    before_at: At | None = None
    before_id: int | None = Field(None, ge=1, le=MOST)
    limit: int = Field(50, ge=1, le=200)


class GrantIn(Body):
    """Points for a reason; `reference` is the number of what it was about. Repeat with the same Idempotency-Key."""

    points: int = Field(ge=1, le=100_000, strict=True)
    reason: Literal["suggestion", "birthday", "goodwill", "activity", "referral", "correction"]
    reference: Code


class GrantOut(Schema):
    id: int


class CardOut(Schema):
    """What a phone needs to make the member code by itself: `29`, the number in ten digits, and in eight the first
    eight bytes of HMAC-SHA-256 of "number:window" with the secret, modulo 10⁸; a window is `seconds` long.
    """

    number: int
    secret: str
    seconds: int


@router.get(
    "/customers/{customer}/points", auth=Key(Scope.CUSTOMERS_READ), response=PointsOut, summary="Points and tier"
)
def points(request: HttpRequest, customer: PathId) -> object:
    _living(customer)
    has, standing = balance(customer), tier_of(customer)
    ahead = forecast(customer, standing)
    return {
        "available": has.available,
        "pending": has.pending,
        "debt": has.debt,
        "expiring": has.expiring,
        "expires_at": has.expires_at,
        "tier": standing.tier,
        "next_tier": ahead.tier if ahead else None,
        "missing_fen": ahead.missing_fen if ahead else None,
    }


@router.get(
    "/customers/{customer}/statement",
    auth=Key(Scope.CUSTOMERS_READ),
    response=StatementOut,
    summary="Movements",
)
def movements(request: HttpRequest, customer: PathId, where: Query[StatementQuery]) -> object:
    _living(customer)
    rows, following = statement(customer, before=_place(where), limit=where.limit)
    at, pk = following or (None, None)
    return {"items": [_out(row) for row in rows], "next_at": at, "next_id": pk}


@router.post(
    "/customers/{customer}/grants",
    auth=Key(Scope.CUSTOMERS_WRITE),
    response={201: GrantOut},
    summary="Points for a reason",
)
def give(request: HttpRequest, customer: PathId, body: GrantIn) -> object:
    _living(customer)
    # Without a key of its own the same reason and reference are the same grant.
    key = repetition_key(cast(CallerRequest, request)) or f"api:{customer}:{body.reason}:{body.reference}"
    made = grant(customer=customer, points=body.points, reason=body.reason, reference=body.reference[:40], key=key[:80])
    return Status(201, {"id": made})


@router.post(
    "/customers/{customer}/card",
    auth=Key(Scope.CUSTOMERS_WRITE),
    response=CardOut,
    summary="What a phone makes the member code with",
)
def card(request: HttpRequest, customer: PathId) -> object:
    _living(customer)
    made = card_of(customer)
    return {"number": made.number, "secret": made.secret, "seconds": CODE_SECONDS}


def _living(customer: int) -> None:
    if not is_living(customer):
        raise Http404


def _place(where: StatementQuery) -> tuple[datetime, int] | None:
    return (where.before_at, where.before_id) if where.before_at and where.before_id else None


def _out(row: StatementRow) -> dict[str, object]:
    return {
        "id": row.id,
        "kind": row.kind,
        "document": f"{row.source}:{row.document}",
        "points": row.points,
        "occurred_at": row.occurred_at,
    }

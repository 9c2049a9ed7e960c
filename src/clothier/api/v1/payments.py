"""Payments of the stores a key reaches: how each stands, what was said about it, and money asked back.

What the provider shows to a payer, and the customer behind it, are not told.
"""

from typing import Any, cast

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, store_by_code
from clothier.api.v1.paging import Page, PageQuery, page
from clothier.api.v1.types import MOST, At, Body, Code, PathId, Text
from clothier.checkout.services import refund_payment
from clothier.payments.selectors import Payment, Refund, evidence_of, payments_for, refunds_of, shown

router = Router(tags=["payments"])


class AttemptOut(Schema):
    """One try by one method. `cause` says why it took nothing; `number` is ours, `provider_number` the provider's."""

    id: int
    method: str
    state: str
    cause: str
    amount_fen: int
    refunded_fen: int
    fee_fen: int
    number: str
    provider_number: str
    started_at: At | None
    ended_at: At | None


class PaymentOut(Schema):
    """`subject` is what is paid for, such as cart:7; sums in the smallest unit of `currency`."""

    id: int
    state: str
    subject: str
    store_id: int | None
    currency: str
    amount_fen: int
    captured_fen: int
    refunded_fen: int
    attempts: list[AttemptOut]


class EvidenceOut(Schema):
    """A request and its answer, or a notification, as it was, without secrets."""

    at: At
    attempt_id: int
    verb: str
    status: int
    asked: dict[str, Any]
    answered: dict[str, Any]


class PartOut(Schema):
    method: str
    state: str
    cause: str
    amount_fen: int
    number: str
    provider_number: str


class RefundOut(Schema):
    """Money on its way back to the methods it came by. Ask again until `state` is done or failed."""

    id: int
    state: str
    amount_fen: int
    reason: str
    automatic: bool
    requested_at: At
    ended_at: At | None
    parts: list[PartOut]


class RefundIn(Body):
    """`number` is the caller's own number of the refund: told again nothing more is given back.

    The customer keeps the goods: the sale's books take it as a price given back, with the reason. Goods that come back
    are told as a return.
    """

    number: Code
    amount_fen: int = Field(ge=1, le=MOST, strict=True)
    reason: Text = ""


class PaymentsQuery(PageQuery):
    store: Code | None = None


@router.get("/payments", auth=Key(Scope.PAYMENTS_READ), response=Page[PaymentOut], summary="Payments, newest first")
def listed(request: HttpRequest, where: Query[PaymentsQuery]) -> object:
    who = cast(CallerRequest, request).auth
    rows = payments_for(who.viewer)
    if where.store:
        rows = rows.filter(store=store_by_code(who, where.store))
    return page(rows, where, shown)


@router.get("/payments/{payment}", auth=Key(Scope.PAYMENTS_READ), response=PaymentOut, summary="How a payment stands")
def one(request: HttpRequest, payment: PathId) -> object:
    return shown(_payment(request, payment))


@router.get(
    "/payments/{payment}/evidence",
    auth=Key(Scope.PAYMENTS_READ),
    response=list[EvidenceOut],
    summary="What was said about a payment",
)
def evidence(request: HttpRequest, payment: PathId) -> object:
    return evidence_of(_payment(request, payment))


@router.get(
    "/payments/{payment}/refunds", auth=Key(Scope.PAYMENTS_READ), response=list[RefundOut], summary="Money given back"
)
def refunds(request: HttpRequest, payment: PathId) -> object:
    return [_refund(row) for row in refunds_of(_payment(request, payment))]


@router.post(
    "/payments/{payment}/refunds",
    auth=Key(Scope.PAYMENTS_WRITE),
    response={202: RefundOut},
    summary="Ask money back, to the methods it came by",
)
def give_back(request: HttpRequest, payment: PathId, body: RefundIn) -> object:
    row = _payment(request, payment)
    key = f"api:{body.number}"
    made = refund_payment(payment=row.pk, fen=body.amount_fen, key=key, actor=None, reason=body.reason[:80])
    return Status(202, _refund(next(each for each in refunds_of(row) if each.pk == made.pk)))


def _payment(request: HttpRequest, payment: int) -> Payment:
    """One of a store the key reaches; any other is as unknown as one that is not there."""
    row = payments_for(cast(CallerRequest, request).auth.viewer).filter(pk=payment).first()
    if row is None:
        raise Http404
    return row


def _refund(row: Refund) -> dict[str, Any]:
    parts = [
        {
            "method": part.attempt.method,
            "state": part.state,
            "cause": part.cause,
            "amount_fen": part.amount_fen,
            "number": part.number,
            "provider_number": part.provider_number,
        }
        for part in row.parts.all()
    ]
    names = ("id", "state", "amount_fen", "reason", "automatic", "requested_at", "ended_at")
    return {**{name: getattr(row, name) for name in names}, "parts": parts}

"""Coupons for tills and mini-programs, and free parking for gates."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, repetition_key, store_by_code
from clothier.api.v1.types import At, Body, Code, Count, Fen, Id, PathId, Text
from clothier.catalog.selectors import sku_ids, skus
from clothier.customers.selectors import person_of
from clothier.kernel.errors import Refused
from clothier.rewards import selectors, services
from clothier.rewards.contracts import BasketLine, CouponQuote, CouponView

router = Router(tags=["coupons"])


class CouponOut(Schema):
    """`token` is what a till needs to take the coupon while it cannot ask; empty where it may not."""

    id: int
    code: str
    name: str
    promise: str
    kind: str
    value: int
    threshold_fen: int
    valid_until: At | None
    token: str


class CouponLine(Body):
    """A line of the basket: `total_fen` is to be paid for it before the coupon. `code` is a SKU's or barcode."""

    code: Code
    quantity: Count = Field(1, ge=1)
    total_fen: Fen = Field(ge=0)
    full_price: bool = True


class RedemptionIn(Body):
    """`document` names the sale: told again it is the same redemption."""

    document: Code
    store: Code
    customer: Id | None = None
    till: Text = ""
    lines: list[CouponLine] = Field(min_length=1, max_length=500)


class RedemptionOut(Schema):
    """What comes off, in all and by line (counted from 0). `gift`: this SKU's code goes with it for nothing."""

    off_fen: int
    lines: list[int]
    gift: str | None


class OfflineIn(Body):
    token: str = Field(min_length=1, max_length=2_000)
    document: Code
    store: Code
    till: Code
    off_fen: Fen
    occurred_at: At


class OfflineOut(Schema):
    """`outcome`: redeemed, or twice when it had been used elsewhere."""

    outcome: str


class IssueIn(Body):
    """`template` is a template's code. The header Idempotency-Key makes a repeated call the same coupon."""

    template: Code


class DocumentIn(Body):
    document: Code
    store: Code


class ReturnedOut(Schema):
    coupons: int


class SignatureOut(Schema):
    """Ed25519, base64: what tills check offline tokens with."""

    public_key: str


class ParkingIn(Body):
    """`ticket` is the gate's own number of this parking: told again it is the same use."""

    hours: Count = Field(ge=1, le=240)
    ticket: Code


class ParkingOut(Schema):
    hours: int


@router.get(
    "/customers/{customer}/coupons",
    auth=Key(Scope.CUSTOMERS_READ),
    response=list[CouponOut],
    summary="What a customer can use now",
)
def coupons(request: HttpRequest, customer: PathId) -> object:
    _known(customer)
    return [_out(view) for view in selectors.usable_by(customer)]


@router.post(
    "/customers/{customer}/coupons",
    auth=Key(Scope.CUSTOMERS_WRITE),
    response={201: CouponOut},
    summary="Give a customer a coupon",
)
def issue(request: HttpRequest, customer: PathId, body: IssueIn) -> object:
    template = selectors.template_by_code(body.template)
    if template is None:
        raise Refused(_("没有这种券"), field="template")
    key = repetition_key(cast(CallerRequest, request))
    given = services.issue(template=template, customer=_known(customer), reason="api", key=key)
    view = selectors.coupons_by_id([given.pk])[given.pk]
    return Status(201, _out(view))


@router.post(
    "/coupons/{code}/redemption",
    auth=Key(Scope.ORDERS_WRITE),
    response={201: RedemptionOut},
    summary="Use a coupon for a sale",
)
def redeem(request: HttpRequest, code: Code, body: RedemptionIn) -> object:
    store = store_by_code(cast(CallerRequest, request).auth, body.store)
    found = services.redeem_for(
        code=code,
        document=_document(store, body.document),
        lines=_basket(body.lines),
        store=store,
        customer=body.customer,
        till=body.till[:40],
    )
    return Status(201, _redeemed(found, len(body.lines)))


@router.post(
    "/coupons/offline",
    auth=Key(Scope.ORDERS_WRITE),
    response={201: OfflineOut},
    summary="A coupon was used while the till could not ask",
)
def redeem_offline(request: HttpRequest, body: OfflineIn) -> object:
    store = store_by_code(cast(CallerRequest, request).auth, body.store)
    step = services.redeem_offline(
        token=body.token,
        document=_document(store, body.document),
        off_fen=body.off_fen,
        till=body.till[:40],
        occurred_at=body.occurred_at,
        store=store,
    )
    return Status(201, {"outcome": step.kind})


@router.post(
    "/coupons/returns", auth=Key(Scope.ORDERS_WRITE), response=ReturnedOut, summary="A sale was taken back as a whole"
)
def give_back(request: HttpRequest, body: DocumentIn) -> object:
    store = store_by_code(cast(CallerRequest, request).auth, body.store)
    return {"coupons": services.give_back(document=_document(store, body.document))}


@router.get(
    "/coupons/signature", auth=Key(Scope.ORDERS_WRITE), response=SignatureOut, summary="The key of offline tokens"
)
def signature(request: HttpRequest) -> object:
    return {"public_key": selectors.public_key()}


@router.get("/parking/{plate}", auth=Key(Scope.VISITS_READ), response=ParkingOut, summary="Free hours a plate has")
def parking(request: HttpRequest, plate: Code) -> object:
    return {"hours": selectors.parking_hours_of_plate(plate)}


@router.post(
    "/parking/{plate}/use",
    auth=Key(Scope.VISITS_WRITE),
    response=ParkingOut,
    summary="A car drives out free",
)
def use_parking(request: HttpRequest, plate: Code, body: ParkingIn) -> object:
    return {"hours": services.use_parking(plate=plate, hours=body.hours, ticket=body.ticket)}


def _known(customer: int) -> int:
    if person_of(customer) is None:
        raise Refused(_("没有这位顾客"), field="customer")
    return customer


def _out(view: CouponView) -> dict[str, object]:
    return {
        "id": view.id,
        "code": view.code,
        "name": view.name,
        "promise": selectors.promise_in_words(view.terms),
        "kind": view.terms.kind.value,
        "value": view.terms.value,
        "threshold_fen": view.terms.threshold_fen,
        "valid_until": view.terms.valid_until,
        "token": selectors.offline_token(view.id),
    }


def _document(store: int, number: str) -> str:
    """Two stores' tills may number their sales alike."""
    return f"pos:{store}:{number}"


def _basket(lines: list[CouponLine]) -> list[BasketLine]:
    known = sku_ids(line.code for line in lines)
    goods = skus(known.values())
    return [_line(nth, line, goods.get(known.get(line.code, 0))) for nth, line in enumerate(lines)]


def _line(nth: int, line: CouponLine, sku: object) -> BasketLine:
    style = getattr(sku, "style", None)
    return BasketLine(
        line=nth,
        fen=line.total_fen,
        quantity=line.quantity,
        sku=getattr(sku, "pk", None),
        style=getattr(style, "code", ""),
        category=style.category.code if style else "",
        brand=getattr(style, "brand", ""),
        tags=tuple(getattr(style, "tags", ())),
        full_price=line.full_price,
    )


def _redeemed(found: CouponQuote, lines: int) -> dict[str, object]:
    gift = skus([found.gift_sku]).get(found.gift_sku) if found.gift_sku else None
    return {
        "off_fen": found.off_fen,
        "lines": [found.by_line.get(nth, 0) for nth in range(lines)],
        "gift": gift.code if gift else None,
    }

"""Sales and returns from the tills."""

from collections.abc import Mapping
from typing import Literal, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import BaseModel, Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, store_by_code
from clothier.api.v1.types import CLOSED, At, Body, Code, Count, Fen, Id, Text
from clothier.catalog.selectors import sku_ids
from clothier.checkout import services
from clothier.checkout.contracts import LineFacts, LineKind
from clothier.customers.selectors import person_of
from clothier.kernel.errors import Refused

router = Router(tags=["orders"])
LINE_KINDS = {kind.value: kind for kind in LineKind}


class LineIn(BaseModel):
    """One line. `code` is a SKU's code or barcode; an unknown one is kept as written. Sums in fen."""

    model_config = CLOSED
    code: Code
    quantity: Count
    total_fen: Fen
    description: Text = ""
    kind: Literal["goods", "delivery", "fee", "discount", "voucher", "adjustment"] = "goods"


class OrderIn(Body):
    """`source` and `number` name an order: told again it is the same one, with other content it is refused."""

    source: Code = Field("pos", max_length=40)
    number: Code
    store: Code
    customer: Id | None = None
    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$")
    occurred_at: At | None = None
    lines: list[LineIn] = Field(min_length=1, max_length=500)


class OrderOut(Schema):
    id: int
    number: str
    total_fen: int


@router.post("/sales", auth=Key(Scope.ORDERS_WRITE), response={201: OrderOut}, summary="Goods were sold")
def sell(request: HttpRequest, body: OrderIn) -> object:
    return Status(201, _told(request, body, back=False))


@router.post(
    "/returns",
    auth=Key(Scope.ORDERS_WRITE),
    response={201: OrderOut},
    summary="Goods came back (quantities and sums negative)",
)
def take_back(request: HttpRequest, body: OrderIn) -> object:
    return Status(201, _told(request, body, back=True))


def line_facts(lines: list[LineIn], skus: Mapping[str, int | None]) -> tuple[LineFacts, ...]:
    return tuple(
        LineFacts(
            code=line.code,
            quantity=line.quantity,
            total_fen=line.total_fen,
            unit_price_fen=round(line.total_fen / line.quantity) if line.quantity else line.total_fen,
            description=line.description,
            kind=LINE_KINDS[line.kind],
            sku=skus.get(line.code),
        )
        for line in lines
    )


def _told(request: HttpRequest, body: OrderIn, *, back: bool) -> dict[str, object]:
    who = cast(CallerRequest, request).auth
    store = store_by_code(who, body.store)
    if body.customer is not None and person_of(body.customer) is None:
        raise Refused(_("没有这位顾客"), field="customer")
    record = services.record_return if back else services.record_sale
    order = record(
        source=body.source,
        number=body.number,
        lines=line_facts(body.lines, sku_ids(line.code for line in body.lines)),
        store=store,
        customer=body.customer,
        currency=body.currency,
        occurred_at=body.occurred_at,
    )
    return {"id": order.pk, "number": order.number, "total_fen": order.total_fen}

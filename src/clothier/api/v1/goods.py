"""Styles and stock."""

from typing import cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, store_by_code
from clothier.api.v1.types import Body, Code
from clothier.catalog.contracts import StockCount
from clothier.catalog.selectors import sku_ids, skus_of, stock_of, style_by_code, styles_page
from clothier.catalog.services import set_stock
from clothier.kernel.errors import Refused

router = Router(tags=["goods"])


class StyleOut(Schema):
    code: str
    name: str
    price_fen: int


class StylePage(Schema):
    items: list[StyleOut]
    next: str | None


class StyleQuery(Schema):
    after: Code | None = None
    limit: int = Field(50, ge=1, le=200)


class SkuOut(Schema):
    code: str
    colour: str
    size: str
    stock: int | None = Field(description="Pieces in the store asked about.")


class StyleDetail(StyleOut):
    skus: list[SkuOut]


class CountIn(Body):
    code: Code
    quantity: int = Field(ge=0, le=1_000_000)


class StockIn(Body):
    store: Code
    counts: list[CountIn] = Field(min_length=1, max_length=5000)


class StockOut(Schema):
    written: int


@router.get("/styles", auth=Key(Scope.CATALOG_READ), response=StylePage, summary="Styles in the order of their codes")
def styles(request: HttpRequest, where: Query[StyleQuery]) -> object:
    found = styles_page(after=where.after or "", limit=where.limit + 1)
    shown = found[: where.limit]
    items = [{"code": each.code, "name": each.name, "price_fen": each.price_fen} for each in shown]
    return {"items": items, "next": shown[-1].code if len(found) > where.limit else None}


@router.get("/styles/{code}", auth=Key(Scope.CATALOG_READ), response=StyleDetail, summary="A style with its variants")
def style(request: HttpRequest, code: Code, store: Code | None = None) -> object:
    who = cast(CallerRequest, request).auth
    found = style_by_code(code)
    if found is None:
        raise Http404
    skus = skus_of(found.pk)
    stock = stock_of(store=store_by_code(who, store), skus=[sku.pk for sku in skus]) if store else {}
    variants = [
        {"code": sku.code, "colour": sku.colour.name, "size": sku.size, "stock": stock.get(sku.pk)} for sku in skus
    ]
    return {"code": found.code, "name": found.name, "price_fen": found.price_fen, "skus": variants}


@router.put("/stock", auth=Key(Scope.CATALOG_WRITE), response=StockOut, summary="Counted pieces: the last count stands")
def stock(request: HttpRequest, body: StockIn) -> object:
    who = cast(CallerRequest, request).auth
    store = store_by_code(who, body.store)
    ids = sku_ids(each.code for each in body.counts)
    if unknown := [each.code for each in body.counts if each.code not in ids]:
        raise Refused(_("没有这些货号：%(codes)s") % {"codes": "、".join(unknown[:10])}, field="counts")
    counts = [StockCount(store, ids[each.code], each.quantity) for each in body.counts]
    return {"written": set_stock(counts=counts)}

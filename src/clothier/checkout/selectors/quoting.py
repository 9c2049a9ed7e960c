"""What a cart costs now, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language

from clothier.checkout.contracts.carts import BackView
from clothier.checkout.contracts.pricing import Laid, Offer, PointsRule, Priced, Quote
from clothier.checkout.models import Cart, CartCoupon, CartLine, CartReturn, Order, OrderLine
from clothier.checkout.rules.carts import thawed
from clothier.checkout.rules.pricing import price
from clothier.checkout.rules.refunding import worth_back
from clothier.checkout.selectors.paid import given_already
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.places.selectors import store as store_by_id
from clothier.rewards.selectors import coupons_by_id
from clothier.standards.contracts import customer_tiers
from clothier.standards.selectors import document

MEMBER = "member"


def quote_of(cart: Cart, lines: Sequence[CartLine], *, credit_fen: int = 0) -> Quote:
    """The cart's price: as agreed once payment has begun, else by the rules of this moment.

    `credit_fen` is what goods that come back are worth: points are not taken beyond what is left to pay.
    """
    if cart.priced is not None:
        return thawed(cart.priced)
    now = clock.now()
    offers = offers_at(store=cart.store_id, at=now, customer=cart.customer_id) if lines else []
    return price(
        [_priced(line) for line in lines],
        offers,
        _laid(cart),
        cart.points,
        at=now,
        store=cart.store_id,
        points_rule=points_rule(),
        credit_fen=credit_fen,
    )


def points_rule() -> PointsRule:
    return PointsRule(document("loyalty").points_per_yuan_at_till, document("till").points_share)


def offers_at(*, store: int, at: datetime, customer: int | None) -> list[Offer]:
    """The promotions that hold in a store at a moment for somebody."""
    promotions = document("promotions").promotions
    if not promotions:
        return []
    # Most hold everywhere and always: then nobody has to know where the store is.
    placed = any(one.since or one.until or one.stores for one in promotions)
    place = store_by_id(store) if placed else None
    day = at.astimezone(ZoneInfo(place.zone_info)).date() if place else at.date()
    code = place.code if place else ""
    whose = _standing(customer) if any(one.tiers for one in promotions) else set()
    language = get_language() or ""
    return [
        Offer(
            key=one.key,
            name=one.name.say(language),
            kind=one.kind,
            percent=one.percent,
            off_fen=one.less,
            every=one.every,
            from_fen=one.least,
            repeated=one.repeated,
            with_coupons=one.with_coupons,
            goods=tuple((what, frozenset(some)) for what, some in one.goods if some),
        )
        for one in promotions
        if (one.since is None or one.since <= day)
        and (one.until is None or day <= one.until)
        and (not one.stores or code in one.stores)
        and (not one.tiers or whose & set(one.tiers))
    ]


def _standing(customer: int | None) -> set[str]:
    if customer is None:
        return set()
    return {MEMBER, customer_tiers.ask([customer]).get(customer, "")}


def _priced(line: CartLine) -> Priced:
    goods = line.goods
    return Priced(
        key=line.pk,
        quantity=line.quantity,
        unit_fen=line.unit_price_fen,
        sku=line.sku_id,
        style=goods.get("style", ""),
        category=goods.get("category", ""),
        brand=goods.get("brand", ""),
        tags=tuple(goods.get("tags", ())),
    )


def _laid(cart: Cart) -> list[Laid]:
    ids = coupons_of(cart.pk)
    found = coupons_by_id(ids) if ids else {}
    return [Laid(pk, found[pk].name, found[pk].terms) for pk in ids if pk in found]


def backs_of(cart: Cart) -> list[BackView]:
    """What comes back with the cart, each worth what was paid for it and not given back already."""
    rows = _returns(cart=cart.pk)
    before = came_back([row.line_id for row in rows])
    return _less_goodwill(
        [
            BackView(
                row.pk,
                row.line_id,
                row.line.code,
                row.line.description,
                row.quantity,
                worth_back(row.line.total_fen, row.line.quantity, before.get(row.line_id, 0), row.quantity),
                row.line.order_id,
            )
            for row in rows
        ]
    )


def _less_goodwill(backs: list[BackView]) -> list[BackView]:
    """Sale by sale, so that nothing of a price is given twice: once as goodwill and once with the goods."""
    worths: dict[int, int] = defaultdict(int)
    for back in backs:
        worths[back.order_id] += back.fen
    sales = Order.objects.filter(pk__in=worths) if worths else ()
    over = {sale.pk: given_already(sale, worth=worths[sale.pk]) for sale in sales}
    told = []
    for back in backs:
        less = min(over[back.order_id], back.fen)
        over[back.order_id] -= less
        told.append(replace(back, fen=back.fen - less))
    return told


def lines_of(cart: int) -> list[CartLine]:
    """What lies in a cart, in the order in which it was scanned."""
    return _lines(cart=cart)


def coupons_of(cart: int) -> list[int]:
    """The coupons laid on a cart, in the order in which they are reckoned."""
    return _coupons(cart=cart)


# Asked several times with every tap: composed once.
@prepared
def _lines(cart: int) -> "QuerySet[CartLine, CartLine]":
    return CartLine.objects.filter(cart=cart).order_by("pk")


@prepared
def _coupons(cart: int) -> "QuerySet[CartCoupon, int]":
    return CartCoupon.objects.filter(cart=cart).order_by("pk").values_list("coupon_id", flat=True)


@prepared
def _returns(cart: int) -> "QuerySet[CartReturn, CartReturn]":
    return CartReturn.objects.filter(cart=cart).select_related("line").order_by("pk")


def came_back(lines: Iterable[int]) -> dict[int, int]:
    """How many pieces of each sold line came back already."""
    wanted = list(lines)
    if not wanted:
        return {}
    rows = OrderLine.objects.filter(returned_line__in=wanted).values_list("returned_line").annotate(Sum("quantity"))
    return {int(pk): -pieces for pk, pieces in rows if pk is not None}

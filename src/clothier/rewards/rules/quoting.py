"""What a coupon takes off a basket: a pure rule that tills, pages and proofs share."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from clothier.kernel.money import share
from clothier.rewards.rules.terms import ALONE, BasketLine, CouponKind, CouponQuote, Goods, Terms, Why


def quote(
    terms: Terms,
    lines: Sequence[BasketLine],
    *,
    at: datetime,
    store: int | None = None,
    beside: Iterable[str] = (),
) -> CouponQuote:
    """What the coupon takes off these lines, fair to the fen, or the first reason why it takes nothing.

    `beside` are the stacking groups of the coupons already applied. Never more is taken off than the right goods cost.
    """
    if why := _refused(terms, at, store, beside):
        return CouponQuote(why=why)
    right = [line for line in lines if line.fen > 0 and line.quantity > 0 and suits(terms.goods, line)]
    worth = sum(line.fen for line in right)
    if not right:
        return CouponQuote(why=Why.NO_SUCH_GOODS)
    if worth < terms.threshold_fen:
        return CouponQuote(why=Why.BELOW_THRESHOLD, missing_fen=terms.threshold_fen - worth)
    if terms.kind is CouponKind.GIFT:
        return _gift(terms, lines)
    off = _off(terms, worth)
    parts = share(off, [line.fen for line in right])
    return CouponQuote(off_fen=off, by_line={line.line: part for line, part in zip(right, parts, strict=True)})


def suits(goods: Goods, line: BasketLine) -> bool:
    """Whether a line's goods are of those the coupon is for."""
    asked = (
        (goods.categories, line.category),
        (goods.brands, line.brand),
        (goods.styles, line.style),
    )
    return (
        all(not names or name in names for names, name in asked)
        and (not goods.tags or not goods.tags.isdisjoint(line.tags))
        and line.style not in goods.not_styles
        and (line.full_price or not goods.full_price)
    )


def may_join(stacking: str, beside: Iterable[str]) -> bool:
    """Whether a coupon of this group may be used beside coupons of those: one of a group, ALONE with none."""
    others = set(beside)
    return not others or (stacking != ALONE and ALONE not in others and stacking not in others)


def _refused(terms: Terms, at: datetime, store: int | None, beside: Iterable[str]) -> Why | None:
    if terms.valid_from and at < terms.valid_from:
        return Why.NOT_YET
    if terms.valid_until and at >= terms.valid_until:
        return Why.EXPIRED
    if terms.stores and store not in terms.stores:
        return Why.OTHER_STORE
    return None if may_join(terms.stacking, beside) else Why.STACKING


def _off(terms: Terms, worth: int) -> int:
    """Rounded down to the fen: a percentage never takes off more than it says."""
    off = terms.value if terms.kind is CouponKind.AMOUNT else worth * terms.value // 100
    return min(off, worth, off if terms.most_fen is None else terms.most_fen)


def _gift(terms: Terms, lines: Sequence[BasketLine]) -> CouponQuote:
    """One piece for nothing, the dearest line of it; where none is in the basket the till is told to add it."""
    pieces = [line for line in lines if line.sku == terms.gift_sku and line.quantity > 0 and line.fen > 0]
    if not pieces:
        return CouponQuote(gift_sku=terms.gift_sku)
    line = max(pieces, key=lambda one: one.fen / one.quantity)
    off = line.fen // line.quantity
    return CouponQuote(off_fen=off, by_line={line.line: off})

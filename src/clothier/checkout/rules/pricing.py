"""The price of a cart, and how it came about. Pure: the same cart, offers, vouchers and points give the same fen.

One rule, in four steps, each on what the one before left:
1. every piece enjoys one piece offer: of all orders in which they could be granted, the one that costs least;
2. the whole order enjoys one order offer, the one that takes off most;
3. coupons, in the order they were laid down, one of each stacking group;
4. points, as many as the customer chose.
Whatever is taken off is shared over the lines it was given for, in proportion and exact to the fen, so that every
piece that comes back knows what was paid for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import permutations

from clothier.checkout.contracts.pricing import (
    Laid,
    Offer,
    PointsRule,
    Priced,
    Quote,
    QuotedLine,
    Step,
    Taken,
    Why,
)
from clothier.kernel.money import share
from clothier.rewards.contracts import BasketLine, quote

# Beyond four piece offers at once the orders to try are too many: the strongest go first.
TRIED = 4
PLAIN = PointsRule()
Cuts = dict[str, dict[int, int]]


@dataclass(slots=True)
class _Sheet:
    """The reckoning as it goes: what is left of each line, who took what, and the words for it."""

    lines: Sequence[Priced]
    left: dict[int, int]
    taken: dict[int, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    steps: list[Step] = field(default_factory=list)
    shut: set[int] = field(default_factory=set)

    def cut(self, kind: str, key: str, off: dict[int, int]) -> int:
        for line, fen in off.items():
            if fen:
                self.left[line] -= fen
                self.taken[line].append(Taken(kind, key, fen))
        return sum(off.values())


def price(
    lines: Sequence[Priced],
    offers: Sequence[Offer] = (),
    coupons: Sequence[Laid] = (),
    points: int = 0,
    *,
    at: datetime,
    store: int | None = None,
    points_rule: PointsRule = PLAIN,
    credit_fen: int = 0,
) -> Quote:
    """The cart's price at a moment in a store. Points beyond what is left to pay are not taken; `credit_fen` of it is
    paid with goods that come back.
    """
    sheet = _Sheet(lines, {line.key: line.quantity * line.unit_fen for line in lines})
    _pieces(sheet, [offer for offer in offers if offer.kind == "piece"])
    _orders(sheet, [offer for offer in offers if offer.kind == "order"])
    _coupons(sheet, coupons, at, store)
    used = _points(sheet, points, points_rule, credit_fen)
    quoted = (
        QuotedLine(line.key, line.quantity, line.quantity * line.unit_fen, tuple(sheet.taken[line.key]))
        for line in lines
    )
    return Quote(tuple(quoted), tuple(sheet.steps), used)


def _pieces(sheet: _Sheet, offers: list[Offer]) -> None:
    fitting = [offer for offer in offers if any(offer.covers(line) for line in sheet.lines)]
    # The strongest by itself first; of equals the one that the house rules name first.
    fitting.sort(key=lambda offer: -_worth(_granted(sheet.lines, [offer])))
    orders = permutations(fitting) if len(fitting) <= TRIED else [tuple(fitting)]
    best: Cuts = max((_granted(sheet.lines, order) for order in orders), key=_worth, default={})
    for offer in offers:
        if offer in fitting:
            off = best.get(offer.key, {})
            sheet.cut("promotion", offer.key, off)
            sheet.steps.append(_piece_step(sheet, offer, sum(off.values())))
            _shut(sheet, offer, off)


def _piece_step(sheet: _Sheet, offer: Offer, fen: int) -> Step:
    if fen:
        return Step("promotion", offer.key, offer.name, fen, Why.APPLIED)
    pieces = sum(line.quantity for line in sheet.lines if offer.covers(line))
    if pieces < offer.every:
        return Step("promotion", offer.key, offer.name, 0, Why.SHORT, short_pieces=offer.every - pieces)
    return Step("promotion", offer.key, offer.name, 0, Why.BETTER)


def _worth(cuts: Cuts) -> int:
    return sum(fen for off in cuts.values() for fen in off.values())


def _granted(lines: Sequence[Priced], offers: Iterable[Offer]) -> Cuts:
    """What the offers take off by line when granted one after the other, each piece to one of them."""
    free = [(line, line.unit_fen) for line in lines for _piece in range(line.quantity)]
    cuts: Cuts = {}
    for offer in offers:
        off: dict[int, int] = defaultdict(int)
        mine = sorted((one for one in free if offer.covers(one[0])), key=lambda one: -one[1])
        full = len(mine) - len(mine) % offer.every
        for start in range(0, full, offer.every):
            group = mine[start : start + offer.every]
            # The cheapest of the group is the one that costs less; all of the group carry it.
            fen = _off(offer, group[-1][1])
            prices = [unit for _line, unit in group]
            parts = share(fen, prices) if any(prices) else [0] * len(group)
            for (line, _unit), part in zip(group, parts, strict=True):
                off[line.key] += part
        for one in mine[:full]:
            free.remove(one)
        if any(off.values()):
            cuts[offer.key] = dict(off)
        else:
            free.extend(mine[:full])
    return cuts


def _off(offer: Offer, fen: int) -> int:
    """Half a fen goes to the customer."""
    return min(fen, (fen * offer.percent + 50) // 100 + offer.off_fen)


def _orders(sheet: _Sheet, offers: list[Offer]) -> None:
    told = [(offer, *_order_off(sheet, offer)) for offer in offers]
    best = max(told, key=lambda one: one[1], default=None)
    for offer, fen, base in told:
        if best and fen and offer is best[0]:
            off = _shared(sheet, fen, [line.key for line in sheet.lines if offer.covers(line)])
            sheet.cut("promotion", offer.key, off)
            sheet.steps.append(Step("promotion", offer.key, offer.name, fen, Why.APPLIED))
            _shut(sheet, offer, off)
        elif fen:
            sheet.steps.append(Step("promotion", offer.key, offer.name, 0, Why.BETTER))
        elif base:
            sheet.steps.append(Step("promotion", offer.key, offer.name, 0, Why.SHORT, offer.from_fen - base))


def _order_off(sheet: _Sheet, offer: Offer) -> tuple[int, int]:
    """What it would take off, and the goods it looks at."""
    base = sum(sheet.left[line.key] for line in sheet.lines if offer.covers(line))
    if not base or base < offer.from_fen:
        return 0, base
    times = base // offer.from_fen if offer.repeated and offer.from_fen else 1
    return min(base, (base * offer.percent + 50) // 100 + offer.off_fen * times), base


def _shut(sheet: _Sheet, offer: Offer, off: dict[int, int]) -> None:
    if not offer.with_coupons:
        sheet.shut.update(line for line, fen in off.items() if fen)


def _shared(sheet: _Sheet, fen: int, lines: list[int]) -> dict[int, int]:
    paying = [line for line in lines if sheet.left[line] > 0]
    return dict(zip(paying, share(fen, [sheet.left[line] for line in paying]), strict=True)) if paying else {}


def _coupons(sheet: _Sheet, coupons: Sequence[Laid], at: datetime, store: int | None) -> None:
    beside: list[str] = []
    for coupon in coupons:
        told = quote(coupon.terms, _basket(sheet), at=at, store=store, beside=beside)
        # Whatever a coupon says, nothing costs less than nothing.
        off = {line: min(fen, sheet.left[line]) for line, fen in told.by_line.items()}
        fen = sheet.cut("coupon", str(coupon.id), off)
        why = told.why or Why.APPLIED
        sheet.steps.append(Step("coupon", str(coupon.id), coupon.name, fen, str(why), told.missing_fen))
        if told.applies:
            beside.append(coupon.terms.stacking)


def _basket(sheet: _Sheet) -> list[BasketLine]:
    return [
        BasketLine(
            line=line.key,
            fen=sheet.left[line.key],
            quantity=line.quantity,
            sku=line.sku,
            style=line.style,
            category=line.category,
            brand=line.brand,
            tags=line.tags,
            full_price=sheet.left[line.key] == line.quantity * line.unit_fen,
        )
        for line in sheet.lines
        if line.key not in sheet.shut
    ]


def _points(sheet: _Sheet, points: int, rule: PointsRule, credit_fen: int) -> int:
    """How many are really used: never a point for less than the fen it pays."""
    if points <= 0:
        return 0
    whole = sum(sheet.left.values())
    left = max(whole - credit_fen, 0)
    fen = min(points * 100 // rule.per_yuan, whole * rule.most_percent // 100, left)
    used = -(-fen * rule.per_yuan // 100)
    off = _shared(sheet, fen, [line.key for line in sheet.lines]) if fen else {}
    for line, part in off.items():
        if part:
            sheet.taken[line].append(Taken("points", "points", part))
    capped = used < points
    sheet.steps.append(Step("points", "points", "", fen, Why.CAPPED if capped else Why.APPLIED, points - used))
    return used


def without_points(quote: Quote) -> Quote:
    """The same price when the points are not there: what they would have paid is due."""
    lines = (
        QuotedLine(line.key, line.quantity, line.list_fen, tuple(one for one in line.taken if one.kind != "points"))
        for line in quote.lines
    )
    return Quote(tuple(lines), tuple(step for step in quote.steps if step.kind != "points"))

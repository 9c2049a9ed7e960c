"""What makes two tellings of an order the same, and what an order adds up to."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from clothier.checkout.contracts import LineFacts, LineKind, OrderFacts, OrderKind
from clothier.kernel.money import share


@dataclass(frozen=True, slots=True)
class Sums:
    total_fen: int
    goods_fen: int
    pieces: int
    margin_fen: int | None


def sums(lines: Iterable[LineFacts]) -> Sums:
    """What the lines add up to. Discounts count against the goods, for goods are what they were given on.

    The margin is known only when every line of goods brought its cost.
    """
    total = goods = pieces = margin = 0
    known = True
    for line in lines:
        total += line.total_fen
        if line.kind is LineKind.DISCOUNT:
            goods += line.total_fen
            margin += line.total_fen
        if line.kind is not LineKind.GOODS:
            continue
        goods += line.total_fen
        pieces += line.quantity
        if line.cost_fen is None:
            known = False
        else:
            margin += line.total_fen - line.cost_fen * line.quantity
    return Sums(total, goods, pieces, margin if known and pieces else None)


def digest(facts: OrderFacts) -> str:
    """Thirty-two hex digits, equal for the same content whatever the order of its lines.

    The time, the store and the customer stay out: a till that repeats itself may say "now" again, and an order told
    before its customer was known is still the same order.
    """
    marks = [mark(x[0], x[1], x[2], x[3]) for x in facts.lines]
    return digest_of(facts.kind, facts.currency, marks)


def mark(code: str, quantity: int, total_fen: int, unit_price_fen: int) -> str:
    """What of a line its order's digest depends on."""
    return f"{code}\x1f{quantity}\x1f{total_fen}\x1f{unit_price_fen}"


def digest_of(kind: OrderKind, currency: str, marks: Iterable[str]) -> str:
    """The digest of an order by the marks of its lines."""
    head = f"{kind}\x1f{currency}"
    return hashlib.blake2b("\x1e".join([head, *sorted(marks)]).encode(), digest_size=16).hexdigest()


def paid_for(lines: Iterable[tuple[int, bool, int]]) -> dict[int, int]:
    """What was paid for each line of goods: (number, is goods, fen), the rest are discounts, shared among the goods
    sold in proportion and exactly.
    """
    told = list(lines)
    paid = {number: fen for number, goods, fen in told if goods}
    off = sum(fen for _number, goods, fen in told if not goods)
    sold = {number: fen for number, fen in paid.items() if fen > 0}
    if off and sold:
        for number, part in zip(sold, share(off, list(sold.values())), strict=True):
            paid[number] += part
    return paid

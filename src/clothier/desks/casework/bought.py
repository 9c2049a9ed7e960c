"""What somebody bought, to choose from: the goods of one sale, or of the customer's latest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clothier.cases.selectors import Claim, claims
from clothier.catalog.selectors import skus, skus_of_styles
from clothier.checkout.contracts import OrderKind
from clothier.checkout.selectors import came_back, orders_for, purchases_of
from clothier.customers.selectors import person_of, records_of
from clothier.kernel.access import Viewer

LATEST = 6


@dataclass(frozen=True, slots=True)
class Bought:
    """`sales` are (order, its lines); `others` are the SKUs a line's goods could be swapped for.

    `gone` are the lines nothing is left of to speak about: each with the open case that does already, or None where
    all of it came back.
    """

    customer: int | None = None
    store: int | None = None
    sales: list[tuple[Any, list[Any]]] = field(default_factory=list)
    others: dict[int, list[Any]] = field(default_factory=dict)
    gone: dict[int, Claim | None] = field(default_factory=dict)

    @property
    def lines(self) -> dict[int, Any]:
        return {line.pk: line for _order, lines in self.sales for line in lines}

    def order_of(self, lines: Iterable[int]) -> int | None:
        """The sale of the first of them; without any the only sale there is."""
        known = self.lines
        first = next((known[line].order_id for line in lines if line in known), None)
        return first or (self.sales[0][0].pk if len(self.sales) == 1 else None)


def bought(viewer: Viewer, *, customer: int | None, order: int | None) -> Bought:
    """Of a sale its buyer and goods; of a customer the latest sales. What is not the viewer's to see is nothing."""
    if order is not None:
        return _of_sale(viewer, order)
    person = person_of(customer) if customer is not None else None
    if person is None:
        return Bought()
    sales = purchases_of(viewer, customers=records_of(person), limit=LATEST * 2)
    kept = [(sale, lines) for sale, lines in sales if sale.kind == OrderKind.SALE][:LATEST]
    return Bought(person, kept[0][0].store_id if kept else None, kept, _others(kept), _gone(kept))


def _of_sale(viewer: Viewer, order: int) -> Bought:
    sale = orders_for(viewer).filter(pk=order, kind=OrderKind.SALE).first()
    if sale is None:
        return Bought()
    kept = [(sale, [line for line in sale.lines.order_by("pk") if line.kind == "goods"])]
    person = person_of(sale.customer_id) if sale.customer_id else None
    return Bought(person, sale.store_id, kept, _others(kept), _gone(kept))


def _gone(sales: list[tuple[Any, list[Any]]]) -> dict[int, Claim | None]:
    lines = [line for _sale, lines in sales for line in lines]
    back, claimed = came_back(line.pk for line in lines), claims(line.pk for line in lines)
    found: dict[int, Claim | None] = {}
    for line in lines:
        mine = claimed.get(line.pk, [])
        if line.quantity - back.get(line.pk, 0) - sum(claim.pieces for claim in mine) < 1:
            found[line.pk] = mine[0] if mine else None
    return found


def _others(sales: list[tuple[Any, list[Any]]]) -> dict[int, list[Any]]:
    lines = [line for _sale, lines in sales for line in lines]
    known = skus(line.sku_id for line in lines if line.sku_id)
    of_style = skus_of_styles({sku.style_id for sku in known.values()})
    return {
        line.pk: [other for other in of_style.get(known[line.sku_id].style_id, []) if other.pk != line.sku_id]
        for line in lines
        if line.sku_id in known
    }

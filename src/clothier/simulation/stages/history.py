"""Then eighteen months of shopping, through the bulk verbs: visits, sales, what came back, and the profiles they make.

Customer by customer, a few hundred to a transaction: each profile is written once, and an interrupted fill continues
with the next batch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from clothier.checkout.contracts import LineFacts, OrderFacts, OrderKind
from clothier.checkout.selectors import line_ids
from clothier.checkout.services import record_orders
from clothier.customers.contracts import Deed
from clothier.customers.services import note_encounters
from clothier.kernel import clock
from clothier.simulation.draws import Ints
from clothier.simulation.shelf import Shelf
from clothier.simulation.shopping import Lines, Visits
from clothier.visits.contracts import PastVisit
from clothier.visits.services.past import record_past

SOURCE = "demo"
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Shopping:
    """The columns, and who and where is what in the database. `sellers` are associates by store index."""

    seen: Visits
    bought: Lines
    stay: Ints
    shelf: Shelf
    customers: Sequence[int]
    stores: Sequence[int]
    sellers: Sequence[Sequence[int]]
    first: datetime

    def at(self, second: int) -> datetime:
        return self.first + timedelta(seconds=int(second))


@dataclass(frozen=True, slots=True)
class Bought:
    """A visit that ended at the till: its index and id, and which lines it bought."""

    visit: int
    visit_id: int
    lines: list[int]


def tell(shopping: Shopping, *, start: int, told: Callable[[int], None]) -> None:
    """Record the shopping of the customers from number `start` on; `told` hears, in the transaction, how far it is."""
    order = np.argsort(shopping.seen.customer, kind="stable")
    edges = np.searchsorted(shopping.seen.customer[order], np.arange(len(shopping.customers) + 1))
    by_visit = np.searchsorted(shopping.bought.visit, np.arange(len(order) + 1))
    for begin in range(start, len(shopping.customers), BATCH):
        end = min(begin + BATCH, len(shopping.customers))
        with transaction.atomic():
            _tell(shopping, order[edges[begin] : edges[end]].tolist(), by_visit)
            told(end)


def _tell(shopping: Shopping, visits: list[int], by_visit: Ints) -> None:
    now = clock.now()
    visits = [v for v in visits if shopping.at(shopping.seen.second[v] + shopping.stay[v]) < now]
    ids = record_past(visits=[_visit(shopping, v) for v in visits])
    bought = [
        Bought(v, pk, list(range(int(by_visit[v]), int(by_visit[v + 1]))))
        for v, pk in zip(visits, ids, strict=True)
        if by_visit[v] < by_visit[v + 1]
    ]
    sales = [_sale(shopping, each) for each in bought]
    orders = record_orders(facts=sales).recorded
    returns = list(_returns(shopping, bought, sales, orders, now))
    record_orders(facts=returns)
    # The orders count themselves into the profiles; the visits are counted here, sorted so that each is written once.
    note_encounters(sorted(_came(shopping, visits, ids), key=lambda deed: deed.customer_id), batch=10 * BATCH)


def _visit(shopping: Shopping, v: int) -> PastVisit:
    seen = shopping.seen
    came = shopping.at(seen.second[v])
    return PastVisit(
        store_id=shopping.stores[seen.store[v]],
        customer_id=shopping.customers[seen.customer[v]],
        arrived_at=came,
        left_at=came + timedelta(seconds=int(shopping.stay[v])),
        outcome="bought" if seen.bought[v] else "left",
        via="member_code" if v % 3 else "greeter",
        party_size=1 + (v % 4 == 0) + (v % 11 == 0),
    )


def _sale(shopping: Shopping, bought: Bought) -> OrderFacts:
    seen, v = shopping.seen, bought.visit
    sellers = shopping.sellers[seen.store[v]]
    return OrderFacts(
        source=SOURCE,
        number=f"S{v + 1:08d}",
        kind=OrderKind.SALE,
        occurred_at=shopping.at(seen.second[v] + shopping.stay[v] * 9 // 10),
        lines=tuple(_line(shopping, line) for line in bought.lines),
        store=shopping.stores[seen.store[v]],
        customer=shopping.customers[seen.customer[v]],
        actor=sellers[v % len(sellers)] if sellers else None,
        visit=bought.visit_id,
    )


def _line(shopping: Shopping, line: int, *, returned_line: int | None = None) -> LineFacts:
    bought = shopping.bought
    style = shopping.shelf.styles[int(bought.style[line])]
    variant = shopping.shelf.variants[int(bought.style[line]), int(bought.colour[line]), int(bought.size[line])]
    sign = -1 if returned_line else 1
    return LineFacts(
        code=variant.code,
        quantity=sign,
        total_fen=sign * int(bought.paid_fen[line]),
        unit_price_fen=style.price_fen,
        description=style.name,
        sku=variant.sku,
        cost_fen=style.cost_fen,
        returned_line=returned_line,
    )


def _returns(
    shopping: Shopping, bought: list[Bought], sales: list[OrderFacts], orders: list[int], now: datetime
) -> Iterator[OrderFacts]:
    """Pieces that came back, one order for each: a few days later, at the same till."""
    lines = line_ids(orders)
    for each, sale, order in zip(bought, sales, orders, strict=True):
        for line, stored in zip(each.lines, lines[order], strict=True):
            back = sale.occurred_at + timedelta(days=int(shopping.bought.back_after[line]), hours=1)
            if shopping.bought.back_after[line] and back < now:
                yield OrderFacts(
                    source=SOURCE,
                    number=f"R{line + 1:08d}",
                    kind=OrderKind.RETURN,
                    occurred_at=back,
                    lines=(_line(shopping, line, returned_line=stored),),
                    store=sale.store,
                    customer=sale.customer,
                    actor=sale.actor,
                )


def _came(shopping: Shopping, visits: list[int], ids: list[int]) -> Iterator[Deed]:
    for v, pk in zip(visits, ids, strict=True):
        customer, store = shopping.customers[shopping.seen.customer[v]], shopping.stores[shopping.seen.store[v]]
        yield Deed("visit", pk, customer, shopping.at(shopping.seen.second[v]), store)

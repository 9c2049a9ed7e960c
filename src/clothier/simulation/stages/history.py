"""Then the customers with eighteen months of everything: some thousand people to a transaction, as arrays.

An interrupted fill continues with the next stretch; the people of a stretch are the same however many there are.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import compress

import numpy as np
from django.db import transaction

from clothier.checkout.contracts import OrderKind, PastByPoints, PastLines, PastOrders, PastSums
from clothier.checkout.history import TABLES as ORDERS
from clothier.checkout.history import load_by_points, load_orders, load_tenders
from clothier.customers.contracts import PastDeeds, PastPeople
from clothier.customers.history import TABLES as CUSTOMERS
from clothier.customers.history import (
    People,
    load_consents,
    load_deeds,
    load_facts,
    load_notes,
    load_people,
    load_taggings,
    load_wearers,
)
from clothier.customers.selectors import tags_in_use
from clothier.customers.services import create_tag
from clothier.eventlog.history import TABLES as ENTRIES
from clothier.loyalty.contracts import PastPurchases, PastReturns
from clothier.loyalty.history import TABLES as POINTS
from clothier.loyalty.history import load_points, load_tiers
from clothier.loyalty.selectors import campaigns
from clothier.payments.history import TABLES as PAYMENTS
from clothier.payments.history import load_payments
from clothier.rewards.history import TABLES as COUPONS
from clothier.simulation.assortment import KIDS, MEN, WOMEN
from clothier.simulation.contents import load
from clothier.simulation.draws import Ints, stream
from clothier.simulation.lore.consents import BODY, MINORS, agreed, consents
from clothier.simulation.lore.coupons import Bought, give
from clothier.simulation.lore.loyalty import hold_member_day, spendings
from clothier.simulation.lore.notes import notes
from clothier.simulation.lore.payments import payments, tenders
from clothier.simulation.lore.people import birthdays, taggings, tell_person
from clothier.simulation.lore.wardrobe import Told, tell_size_of, tell_sizes
from clothier.simulation.lore.wearers import family
from clothier.simulation.world import Stretch, World, stretch
from clothier.standards.history import TABLES as PROMISES
from clothier.standards.selectors import document
from clothier.visits.contracts import PastVisits
from clothier.visits.history import TABLES as VISITS
from clothier.visits.history import load_visits

SOURCE = "demo"
# Everything a history fills.
TABLES = (*ENTRIES, *PROMISES, *VISITS, *ORDERS, *POINTS, *COUPONS, *PAYMENTS, *CUSTOMERS)
# So many people to a stretch; never changed, or a stopped fill would not go on where it was.
SIZE = 5_000
_DAY, _HOUR = 86_400, 3_600


def tell(world: World, *, customers: int, start: int, tags: Mapping[str, int], told: Callable[[int], None]) -> None:
    """Everybody from number `start` on; `told` hears, in the transaction, how far it is. `tags` are ids by slug."""
    for first in range(start, customers, SIZE):
        drawn = stretch(world, first=first, customers=min(SIZE, customers - first))
        with transaction.atomic():
            _tell(drawn, world, tags)
            told(first + len(drawn.people))


def save_tags() -> dict[str, int]:
    """The colleagues' words for customers, by slug; those there are stay."""
    known = {tag.slug: tag.pk for tag in tags_in_use()}
    for slug, word in load("people")["tags"].items():
        if slug not in known:
            known[slug] = create_tag(name=word["name"], slug=slug, name_en=word["en"])
    return known


def save_member_day(world: World) -> None:
    """Once, as long as the history is long."""
    if not campaigns():
        hold_member_day(since=datetime.fromtimestamp(world.start, UTC), until=datetime.fromtimestamp(world.now, UTC))


def _tell(drawn: Stretch, world: World, tags: Mapping[str, int]) -> None:
    born = birthdays(drawn, world)
    people = load_people(_people(drawn, world, born))
    visit_ids = load_visits(_visits(drawn, world, people))
    orders = _sales(drawn, world, people, visit_ids)
    sold = load_orders(orders)
    back = _returns(drawn, world, people, orders, sold)
    returned = load_orders(back)
    load_deeds(
        [
            _came(drawn, world, visit_ids),
            _deeds("purchase", orders, sold, people),
            _deeds("return", back, returned, people),
        ],
        people,
    )
    by_points = _tell_loyalty(drawn, world, people, orders, sold, back, returned)
    paid, by = payments(
        orders, sold, back, returned, by_points, now=world.now, rng=stream(world.seed, "paying", drawn.people.first)
    )
    load_tenders(tenders(paid, load_payments(paid), by))
    _tell_coupons(drawn, world, people, orders, sold)
    _tell_lore(drawn, world, people, born, visit_ids, tags)


def _tell_coupons(drawn: Stretch, world: World, people: People, orders: PastOrders, sold: PastSums) -> None:
    """What these people were given, and used on orders that were reduced by as much."""
    assert orders.customers is not None
    lines = orders.lines
    paid = np.bincount(lines.order, lines.units * lines.quantities - lines.totals, minlength=len(orders.numbers))
    bought = Bought(
        np.asarray(orders.customers), orders.moments, np.asarray(orders.stores), orders.numbers, sold.totals,
        paid.astype(np.int64),
    )  # fmt: skip
    for wave in world.waves:
        rng = stream(world.seed, "coupons", wave.wave.facts.code, drawn.people.first)
        give(wave, people=people.ids, registered=drawn.registered, bought=bought, rng=rng)


def _tell_loyalty(
    drawn: Stretch,
    world: World,
    people: People,
    orders: PastOrders,
    sold: PastSums,
    back: PastOrders,
    returned: PastSums,
) -> Ints:
    """The points and tiers that these orders led to; what of each line points paid, in fen."""
    assert orders.customers is not None
    assert back.customers is not None
    came_back = np.asarray(back.lines.returned, dtype=np.int64) - sold.lines.start
    by_points = load_points(
        PastPurchases(
            sold.orders, orders.customers, orders.stores, orders.moments, orders.lines.order, sold.lines,
            orders.lines.totals,
        ),
        PastReturns(returned.orders, back.moments, returned.lines, came_back),
        spendings(
            people.ids, np.asarray(orders.customers), sold, orders.moments, orders.lines.order[came_back],
            now=world.now, rng=stream(world.seed, "parking", drawn.people.first),
        ),
    )  # fmt: skip
    lines = np.flatnonzero(by_points)
    per_yuan = document("loyalty").points_per_yuan_at_till
    load_by_points(
        PastByPoints(
            sold.lines.start + lines, sold.orders.start + orders.lines.order[lines], by_points[lines],
            by_points[lines] * per_yuan // 100,
        )
    )  # fmt: skip
    load_tiers(
        people=people.ids,
        customers=np.concatenate([orders.customers, back.customers]),
        moments=np.concatenate([orders.moments, back.moments]),
        fen=np.concatenate([sold.totals, returned.totals]),
    )
    return by_points


def _people(drawn: Stretch, world: World, born: list[str | None]) -> PastPeople:
    return PastPeople(
        names=drawn.people.names,
        titles=["mr" if sex else "ms" for sex in drawn.people.sex.tolist()],
        external_ids=drawn.people.numbers("demo-"),
        stores=world.stores[drawn.people.store],
        registered=drawn.registered,
        phones=drawn.people.phones(),
        members=drawn.people.numbers("M"),
        birthdays=born,
    )


def _visits(drawn: Stretch, world: World, people: People) -> PastVisits:
    nth = np.arange(len(drawn.came))
    return PastVisits(
        stores=world.stores[drawn.seen.store],
        customers=people.id_of(drawn.seen.customer),
        arrived=drawn.came,
        left=drawn.left,
        parties=1 + (nth % 4 == 0) + (nth % 11 == 0),
        vias=["member_code" if n % 3 else "greeter" for n in nth.tolist()],
        outcomes=["bought" if bought else "left" for bought in drawn.seen.bought.tolist()],
    )


def _sales(drawn: Stretch, world: World, people: People, visit_ids: range) -> PastOrders:
    seen, bought = drawn.seen, drawn.bought
    visit = np.flatnonzero(seen.bought)
    store = seen.store[visit]
    return PastOrders(
        source=SOURCE,
        kind=OrderKind.SALE,
        numbers=[f"S{visit_ids.start + v:08d}" for v in visit.tolist()],
        stores=world.stores[store],
        customers=people.id_of(seen.customer[visit]),
        actors=world.seller(store, visit),
        visits=[visit_ids.start + v for v in visit.tolist()],
        moments=drawn.came[visit] + seen.stay[visit] * 9 // 10,
        lines=_lines(drawn, world, np.searchsorted(visit, bought.visit), np.arange(len(bought.visit)), sign=1),
    )


def _lines(drawn: Stretch, world: World, order: Ints, which: Ints, *, sign: int) -> PastLines:
    shelf, sku = world.shelf, drawn.sku[which]
    return PastLines(
        order=order,
        skus=shelf.skus[sku],
        quantities=np.full(len(sku), sign, dtype=np.int64),
        totals=sign * drawn.bought.paid_fen[which],
        units=world.goods.tags[shelf.style[sku]],
        costs=world.goods.costs[shelf.style[sku]],
        codes=shelf.codes[sku].tolist(),
        descriptions=shelf.names[sku].tolist(),
    )


def _returns(drawn: Stretch, world: World, people: People, sales: PastOrders, sold: PastSums) -> PastOrders:
    """Pieces that came back, one order for each: a few days later, at the same till."""
    sale, after = sales.lines.order, drawn.bought.back_after
    moments = sales.moments[sale] + after * _DAY + _HOUR
    line = np.flatnonzero((after > 0) & (moments < world.now))
    lines = _lines(drawn, world, np.arange(len(line)), line, sign=-1)
    ids = (sold.lines.start + line).tolist()
    return PastOrders(
        source=SOURCE,
        kind=OrderKind.RETURN,
        numbers=[f"R{pk:08d}" for pk in ids],
        stores=sales.stores[sale[line]],
        customers=people.id_of(drawn.buyer[line]),
        actors=world.seller(drawn.seen.store[drawn.bought.visit[line]], drawn.bought.visit[line]),
        visits=None,
        moments=moments[line],
        lines=PastLines(
            lines.order, lines.skus, lines.quantities, lines.totals, lines.units, lines.costs, lines.codes,
            lines.descriptions, returned=ids,
        ),
    )  # fmt: skip


def _came(drawn: Stretch, world: World, visit_ids: range) -> PastDeeds:
    return PastDeeds("visit", drawn.seen.customer, visit_ids, world.stores[drawn.seen.store], drawn.came)


def _deeds(kind: str, orders: PastOrders, sums: PastSums, people: People) -> PastDeeds:
    assert orders.customers is not None
    return PastDeeds(
        kind,
        people=orders.customers - people.ids.start,
        refs=sums.orders,
        stores=orders.stores,
        moments=orders.moments,
        items=np.abs(sums.pieces),
        spend=sums.totals,
        margin=sums.margins,
    )


def _tell_lore(
    drawn: Stretch, world: World, people: People, born: list[str | None], visit_ids: range, tags: Mapping[str, int]
) -> None:
    """What is known of them beside what they did."""
    yes = agreed(drawn, seed=world.seed)
    load_consents(consents(drawn, yes), people)
    told = Told()
    tell_sizes(told, drawn, world)
    tell_person(told, drawn, world, born, yes[:, BODY])
    found = family(drawn, seed=world.seed, may_name_children=yes[:, MINORS])
    wearers = load_wearers(
        places=found.places,
        relations=found.relations,
        names=found.names,
        moments=drawn.registered[np.array(found.places, dtype=np.int64)],
        people=people,
    )
    for group in (WOMEN, MEN, KIDS):
        theirs = [goods == group for goods in found.goods]
        tell_size_of(told, drawn, world, group, dict(compress(zip(found.places, wearers, strict=True), theirs)))
    load_facts(told.facts(), people)
    places, slugs = taggings(drawn, world)
    load_taggings(
        places=places,
        tags=[tags[slug] for slug in slugs],
        actors=world.seller(drawn.people.store[places], places),
        moments=drawn.registered[places],
        people=people,
    )
    load_notes(notes(drawn, world, visit_ids=visit_ids), people)

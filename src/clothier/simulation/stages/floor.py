"""Then the last weeks as they were lived on the floor: visitors without a profile, some days to a transaction.

As many come as came while the demo lived its last hours, whatever the chain's customers are; a day is the same day for
the same seed. Promises ran on these visits, so that today can be held against the weeks before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from clothier.catalog.selectors import category_names
from clothier.checkout.contracts import OrderKind, PastLines, PastOrders
from clothier.checkout.history import load_orders
from clothier.kernel.access import SYSTEM
from clothier.kernel.columns import NEVER, Every
from clothier.places.selectors import stores_for, zones_for
from clothier.simulation.attendance import HABITS, Attended, attended
from clothier.simulation.chain import ALWAYS_OPEN
from clothier.simulation.draws import Ints, stream
from clothier.simulation.floor.guest import MISFITS, OCCASIONS
from clothier.simulation.footfall import STREET, Entrance
from clothier.simulation.stages import passing
from clothier.simulation.stages.history import SOURCE
from clothier.simulation.world import World
from clothier.visits.contracts import PastBells, PastFittings, PastServices, PastVisits
from clothier.visits.history import load_services

# So many days, and today up to now; so many to a transaction.
DAYS, AT_ONCE = 35, 9


@dataclass(frozen=True, slots=True)
class Floor:
    """The stores' entrances for whom somebody attends and for who passes, zones by the stores' places, and the words
    for goods by kind of style.
    """

    entrances: list[Entrance]
    passing: list[Entrance]
    goods_zones: list[list[int]]
    fitting_zone: Ints
    categories: list[str]


def survey(world: World, *, busiest: float, orders: int) -> Floor:
    """`busiest` is visitors in the flagship's busiest hour, `orders` the chain's in all its history."""
    calendars = dict(stores_for(SYSTEM).values_list("pk", "calendar"))
    stores, names = world.stores.tolist(), category_names()
    zones = [list(zones_for(SYSTEM, store=store).order_by("id").values_list("pk", "kind")) for store in stores]
    rates = [busiest if calendars[store] == ALWAYS_OPEN else busiest * STREET for store in stores]
    return Floor(
        entrances=[Entrance(nth, calendars[store], rates[nth]) for nth, store in enumerate(stores)],
        passing=passing.doors(world, [calendars[store] for store in stores], orders=orders),
        goods_zones=[[pk for pk, kind in own if kind == "goods"] for own in zones],
        fitting_zone=np.array([next(pk for pk, kind in own if kind == "fitting") for own in zones]),
        categories=[names.get(code, code) for code in world.goods.categories],
    )


def tell(world: World, floor: Floor, *, start: int, until: int, told: Callable[[int], None]) -> None:
    """The days from number `start` on, as far as they were over at a moment; `told` hears how many are."""
    days = [world.today - timedelta(days=DAYS - nth) for nth in range(DAYS + 1)]
    for first in range(start, len(days), AT_ONCE):
        with transaction.atomic():
            _tell(world, floor, days[first : first + AT_ONCE], until)
            told(min(first + AT_ONCE, len(days)))


def _tell(world: World, floor: Floor, days: Sequence[date], until: int) -> None:
    passing.tell(world, floor.passing, days, until=until)
    drawn = [attended(world, floor.entrances, day=day) for day in days]
    seen = _joined([(one, np.flatnonzero(one.left < until)) for one in drawn])
    if not len(seen.place):
        return
    visits = load_services(_services(world, floor, seen, stream(world.seed, "floor", days[0].toordinal())))
    if seen.bought.any():
        load_orders(_orders(world, seen, visits))


def _joined(parts: Sequence[tuple[Attended, Ints]]) -> Attended:
    """These rows of some days' visits."""

    def column(name: str) -> Any:
        found = [(getattr(drawn, name), rows) for drawn, rows in parts]
        if isinstance(found[0][0], np.ndarray):
            return np.concatenate([cells[rows] for cells, rows in found])
        return [cells[row] for cells, rows in found for row in rows.tolist()]

    return Attended(**{name: column(name) for name in Attended.__slots__})


def _services(world: World, floor: Floor, seen: Attended, rng: np.random.Generator) -> PastServices:
    n, places = len(seen.place), seen.place.tolist()
    lots = rng.integers(0, 1 << 30, n).tolist()
    shown = [[variant for variant in row if variant >= 0] for row in seen.sku.tolist()]
    first = world.goods.category[world.shelf.style[seen.sku[:, 0]]]
    party = rng.random(n)
    return PastServices(
        visits=PastVisits(
            stores=world.stores[seen.place],
            customers=Every(None),
            arrived=seen.came,
            left=seen.left,
            parties=1 + (party < 0.3) + (party < 0.1),
            vias=["greeter"] * n,
            outcomes=["bought" if bought else "left" for bought in seen.bought.tolist()],
        ),
        greeters=seen.greeter,
        associates=seen.associate,
        greeted=seen.greeted,
        stopped=seen.stopped,
        zones=np.array(
            [
                zones[lot % len(zones)]
                for lot, zones in zip(lots, map(floor.goods_zones.__getitem__, places), strict=True)
            ]
        ),
        approached=seen.approached,
        understood=seen.understood,
        occasions=[OCCASIONS[lot % len(OCCASIONS)] for lot in lots],
        categories=[floor.categories[kind] for kind in first.tolist()],
        proposed=seen.proposed,
        styles=[world.shelf.styles[world.shelf.style[row]].tolist() for row in shown],
        fittings=_fittings(world, seen, rng),
        bells=_bells(world, floor, seen, rng),
    )


def _fittings(world: World, seen: Attended, rng: np.random.Generator) -> PastFittings:
    visits = np.flatnonzero(seen.opened != NEVER)
    session = np.full(len(seen.place), -1)
    session[visits] = np.arange(len(visits))
    row, nth = np.nonzero(seen.tried != NEVER)
    why = [
        ("kept", "") if kept else MISFITS[misfit]
        for kept, misfit in zip(seen.kept[row, nth].tolist(), seen.misfit[row, nth].tolist(), strict=True)
    ]
    ratings = np.where(rng.random(len(visits)) < HABITS.rates, rng.integers(3, 6, len(visits)), 0).tolist()
    return PastFittings(
        visits=visits,
        opened=seen.opened[visits],
        closed=seen.tried[visits].max(axis=1, initial=0) + 1,
        actors=[seen.associate[visit] for visit in visits.tolist()],
        ratings=[rating or None for rating in ratings],
        sessions=session[row],
        skus=world.shelf.skus[seen.sku[row, nth]],
        brought=seen.opened[row],
        tried=seen.tried[row, nth],
        outcomes=[outcome for outcome, _ in why],
        reasons=[reason for _, reason in why],
    )


def _bells(world: World, floor: Floor, seen: Attended, rng: np.random.Generator) -> PastBells:
    row, nth = np.nonzero(seen.rung != NEVER)
    wishes = [("smaller", "larger", "colour", "")[lot] for lot in rng.integers(0, 4, len(row)).tolist()]
    skus = world.shelf.skus[seen.sku[row, nth]].tolist()
    return PastBells(
        visits=row,
        zones=floor.fitting_zone[seen.place[row]],
        rung=seen.rung[row, nth],
        answered=seen.answered[row, nth],
        actors=[seen.associate[visit] for visit in row.tolist()],
        wishes=wishes,
        skus=[sku if wish else None for sku, wish in zip(skus, wishes, strict=True)],
    )


def _orders(world: World, seen: Attended, visits: range) -> PastOrders:
    visit = np.flatnonzero(seen.bought)
    row, nth = np.nonzero(seen.kept)
    shelf, sku = world.shelf, seen.sku[row, nth]
    ids: Sequence[int] = (visit + visits.start).tolist()
    return PastOrders(
        source=SOURCE,
        kind=OrderKind.SALE,
        numbers=[f"W{pk:08d}" for pk in ids],
        stores=world.stores[seen.place[visit]],
        customers=None,
        actors=[seen.associate[one] for one in visit.tolist()],
        visits=ids,
        moments=seen.paid[visit],
        lines=PastLines(
            order=np.searchsorted(visit, row),
            skus=shelf.skus[sku],
            quantities=np.ones(len(sku), dtype=np.int64),
            totals=seen.price[row, nth],
            units=world.goods.tags[shelf.style[sku]],
            costs=world.goods.costs[shelf.style[sku]],
            codes=shelf.codes[sku].tolist(),
            descriptions=shelf.names[sku].tolist(),
        ),
    )

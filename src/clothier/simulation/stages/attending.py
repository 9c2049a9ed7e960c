"""Days attended on the floor, as the verbs of the past take them: services, fittings, calls, and what was sold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clothier.checkout.contracts import OrderKind, PastLines, PastOrders
from clothier.kernel.columns import NEVER, Every
from clothier.simulation.attendance import HABITS, Attended
from clothier.simulation.draws import Ints
from clothier.simulation.floor.guest import MISFITS, OCCASIONS
from clothier.simulation.footfall import Entrance
from clothier.simulation.stages.history import SOURCE
from clothier.simulation.world import World
from clothier.visits.contracts import PastBells, PastFittings, PastServices, PastVisits


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


def services(world: World, floor: Floor, seen: Attended, rng: np.random.Generator) -> PastServices:
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


def orders(world: World, seen: Attended, visits: range) -> PastOrders:
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

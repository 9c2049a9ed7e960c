"""Then the last weeks as they were lived on the floor: visitors without a profile, some days to a transaction.

As many come as came while the demo lived its last hours, whatever the chain's customers are; a day is the same day for
the same seed. Promises ran on these visits, so that today can be held against the weeks before.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from clothier.catalog.selectors import category_names
from clothier.checkout.history import load_orders
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for, zones_for
from clothier.simulation.attendance import Attended, attended
from clothier.simulation.chain import ALWAYS_OPEN
from clothier.simulation.draws import Ints, stream
from clothier.simulation.footfall import STREET, Entrance
from clothier.simulation.stages import passing
from clothier.simulation.stages.attending import Floor, orders, services
from clothier.simulation.world import World
from clothier.visits.history import load_services

# So many days, and today up to now; so many to a transaction.
DAYS, AT_ONCE = 35, 9


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
    visits = load_services(services(world, floor, seen, stream(world.seed, "floor", days[0].toordinal())))
    if seen.bought.any():
        load_orders(orders(world, seen, visits))


def _joined(parts: Sequence[tuple[Attended, Ints]]) -> Attended:
    """These rows of some days' visits."""

    def column(name: str) -> Any:
        found = [(getattr(drawn, name), rows) for drawn, rows in parts]
        if isinstance(found[0][0], np.ndarray):
            return np.concatenate([cells[rows] for cells, rows in found])
        return [cells[row] for cells, rows in found for row in rows.tolist()]

    return Attended(**{name: column(name) for name in Attended.__slots__})

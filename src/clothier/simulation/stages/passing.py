"""Visitors of the last weeks of whom only the door knows: they looked around and left.

The customers' history is mostly of those who buy. So many pass through beside them that of all visits to a store about
as many end at the till as they do in life, however many customers the chain has; up to a bound for each store and day.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from clothier.kernel.columns import Every
from clothier.simulation.chain import ALWAYS_OPEN
from clothier.simulation.crowd import DAYS
from clothier.simulation.draws import Ints, stream
from clothier.simulation.footfall import BUSY, Entrance, comers
from clothier.simulation.shopping import HOURS
from clothier.simulation.world import World
from clothier.visits.contracts import PastVisits
from clothier.visits.history import load_visits

# The share of visits that end at the till, and visitors of a store's day at most.
CONVERSION, MOST = 0.28, 250
# Minutes they stay.
_STAY = (3, 25)


def doors(world: World, calendars: Sequence[str], *, orders: int) -> list[Entrance]:
    """The stores' doors, `calendars` by store, in a chain that took so many orders in all its history."""
    taken = orders / DAYS * np.array(world.weights) / sum(world.weights)
    passing = np.clip(taken * (1 / CONVERSION - 1 / world.habit.buys), 0, MOST).tolist()
    hours = {True: sum(BUSY), False: sum(BUSY[hour] for hour in HOURS)}
    return [
        Entrance(nth, calendar, passing[nth] / hours[calendar == ALWAYS_OPEN]) for nth, calendar in enumerate(calendars)
    ]


def tell(world: World, entrances: Sequence[Entrance], days: Sequence[date], *, until: int) -> None:
    """Those who were gone by a moment."""
    rng = stream(world.seed, "passing", days[0].toordinal())
    drawn = [comers(rng, entrances, day=day) for day in days]
    place: Ints = np.concatenate([places for places, _ in drawn])
    came: Ints = np.concatenate([moments for _, moments in drawn])
    left = came + rng.integers(*_STAY, len(came)) * 60
    party, over = rng.random(len(came)), left < until
    count = int(over.sum())
    if count:
        load_visits(
            PastVisits(
                stores=world.stores[place[over]],
                customers=Every(None),
                arrived=came[over],
                left=left[over],
                parties=(1 + (party < 0.3) + (party < 0.1))[over],
                vias=["greeter"] * count,
                outcomes=["left"] * count,
            )
        )

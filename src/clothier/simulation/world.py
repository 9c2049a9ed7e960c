"""A stretch of the chain's customers with everything they did, as columns, before any of it is in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np

from clothier.simulation.assortment import Assortment, Shelf
from clothier.simulation.chain import SHANGHAI
from clothier.simulation.crowd import DAYS, Crowd, crowd
from clothier.simulation.draws import Ints
from clothier.simulation.lore.coupons import Standing
from clothier.simulation.shopping import Habit, Lines, Visits, lines, visits

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class World:
    """What every stretch is drawn from; `start` is the first midnight, `sellers` and `greeters` are people by store."""

    seed: int
    today: date
    first_day: date
    start: int
    now: int
    goods: Assortment
    shelf: Shelf
    habit: Habit
    stores: Ints
    weights: list[float]
    sellers: Sequence[Sequence[int]]
    greeters: Sequence[Sequence[int]]
    waves: "Sequence[Standing]" = ()

    def seller(self, store: Ints, lot: Ints) -> list[int | None]:
        """Somebody who sells in each of these stores (by their places), as each lot falls."""
        return [
            here[lot % len(here)] if (here := self.sellers[place]) else None
            for place, lot in zip(store.tolist(), lot.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some thousand customers: who they are, when they came, what they bought; `registered` and `came` are moments.

    `sku` is the line's place on the shelf. Only visits that are over by now are in it.
    """

    people: Crowd
    seen: Visits
    bought: Lines
    registered: Ints
    came: Ints
    left: Ints
    sku: Ints

    @property
    def buyer(self) -> Ints:
        """Whose each line is."""
        return self.seen.customer[self.bought.visit]


def midnight(day: date) -> int:
    return int(datetime.combine(day, time(0), SHANGHAI).timestamp())


def stretch(world: World, *, first: int, customers: int) -> Stretch:
    """The customers from number `first` on, always the same for the same seed, day and numbers."""
    people = crowd(seed=world.seed, first=first, customers=customers, store_weights=world.weights)
    seen = _over(visits(seed=world.seed, people=people, first_day=world.first_day, habit=world.habit), world)
    bought = lines(seed=world.seed, people=people, seen=seen, goods=world.goods)
    came = world.start + seen.second
    return Stretch(
        people=people,
        seen=seen,
        bought=bought,
        registered=_registered(people, seen, world),
        came=came,
        left=came + seen.stay,
        sku=world.shelf.place[bought.style, bought.colour, bought.size],
    )


def _over(seen: Visits, world: World) -> Visits:
    over = world.start + seen.second + seen.stay < world.now
    return Visits(seen.customer[over], seen.store[over], seen.second[over], seen.stay[over], seen.bought[over])


def _registered(people: Crowd, seen: Visits, world: World) -> Ints:
    """On the first visit, for whoever joined inside the history; some time in opening hours before it for the rest."""
    first = np.full(len(people), DAYS * _DAY, dtype=np.int64)
    np.minimum.at(first, seen.customer, seen.second)
    some_time = people.joined * _DAY + people.joined_at
    found: Ints = world.start + np.where(people.joined >= 0, np.minimum(first, some_time), some_time)
    return found

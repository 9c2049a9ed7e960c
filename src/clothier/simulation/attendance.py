"""A past day on the floor as columns: who was greeted when, served by whom, tried what on, and what came of it.

The people behave as `floor/guest.py` lets them live, at the same pace; a little better or worse by store, by colleague,
when it is busy, and at the week-end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from clothier.kernel.columns import NEVER
from clothier.simulation.crowd import TIERS
from clothier.simulation.draws import Bools, Floats, Ints, stream, weighted
from clothier.simulation.floor.guest import MISFITS
from clothier.simulation.floor.habits import Habits
from clothier.simulation.footfall import BUSY, Entrance, comers
from clothier.simulation.shopping import WEEKDAY, paid, variants
from clothier.simulation.world import World

# Of the styles shown so many at most; the last of them not always.
PIECES, THIRD = 3, 0.5
# How often each group of goods is looked through by whoever comes in: women, men, kids, for both.
_GROUPS = (56, 26, 9, 9)
_DAY = 86_400
HABITS = Habits()


@dataclass(frozen=True, slots=True)
class Attended:
    """Visits by row, their pieces by row and column. Moments NEVER for what was not done, places of variants -1.

    `tried` are the moments at which a piece was judged, `rung` and `answered` those of a call before it; `paid` is the
    moment at the till, `price` what a piece costs there.
    """

    place: Ints
    came: Ints
    greeter: list[int | None]
    associate: list[int | None]
    greeted: Ints
    stopped: Ints
    approached: Ints
    understood: Ints
    proposed: Ints
    sku: Ints
    price: Ints
    opened: Ints
    tried: Ints
    kept: Bools
    misfit: Ints
    rung: Ints
    answered: Ints
    bought: Bools
    paid: Ints
    left: Ints


def attended(world: World, entrances: Sequence[Entrance], *, day: date) -> Attended:
    """The visits of a day, always the same for the same seed and day."""
    rng = stream(world.seed, "attended", day.toordinal())
    place, came = comers(rng, entrances, day=day)
    n = len(came)
    greeter = _colleagues(rng, world.greeters, place)
    associate = _colleagues(rng, world.sellers, place)
    usual = _lateness(world, place, came, day)
    served = rng.random(n) >= HABITS.only_looking
    greeting = came + 1 + HABITS.greet.draws(rng, usual * _knack(world, greeter))
    stopped = greeting + 1 + HABITS.browse.draws(rng, np.ones(n))
    late = usual * _knack(world, associate)
    approached = stopped + 1 + HABITS.approach.draws(rng, late)
    understood = approached + 1 + HABITS.understand.draws(rng, late)
    proposed = understood + 1 + HABITS.propose.draws(rng, late)
    sku, price = _pieces(rng, world, n, min((day - world.first_day).days, len(world.goods.months) - 1))
    fits = served & (rng.random(n) < HABITS.fits)
    opened = proposed + 1 + HABITS.farewell.draws(rng, np.ones(n))
    tries = fits[:, None] & (sku >= 0) & (np.arange(PIECES) < rng.integers(1, PIECES + 1, n)[:, None])
    tried, rung, answered = _tries(rng, opened, tries, late)
    kept = tries & (rng.random(tries.shape) < HABITS.keeps)
    untried = served & ~fits & (rng.random(n) < HABITS.buys_untried)
    kept[:, 0] |= untried
    bought: Bools = np.any(kept, axis=1)
    done = np.where(fits, tried.max(axis=1, initial=0) + 1, np.where(served, proposed, stopped))
    paid = done + 1 + HABITS.pay.draws(rng, np.ones(n))
    left = np.where(bought, paid, done) + 1 + HABITS.farewell.draws(rng, np.ones(n))
    return Attended(
        place=place,
        came=came,
        greeter=greeter,
        associate=[one if yes else None for one, yes in zip(associate, served.tolist(), strict=True)],
        greeted=np.where(rng.random(n) < HABITS.never_greeted, NEVER, greeting),
        stopped=np.where(served, stopped, NEVER),
        approached=np.where(served, approached, NEVER),
        understood=np.where(served, understood, NEVER),
        proposed=np.where(served, proposed, NEVER),
        sku=sku,
        price=price,
        opened=np.where(fits, opened, NEVER),
        tried=np.where(tries, tried, NEVER),
        kept=kept,
        misfit=rng.integers(0, len(MISFITS), tries.shape),
        rung=rung,
        answered=answered,
        bought=bought,
        paid=np.where(bought, paid, NEVER),
        left=left,
    )


def _colleagues(rng: np.random.Generator, people: Sequence[Sequence[int]], place: Ints) -> list[int | None]:
    lots = rng.integers(0, 1 << 30, len(place)).tolist()
    return [
        here[lot % len(here)] if (here := people[at]) else None for at, lot in zip(place.tolist(), lots, strict=True)
    ]


def _lateness(world: World, place: Ints, came: Ints, day: date) -> Floats:
    """How much oftener than usual somebody comes too late: in this store, at this hour, on this day of the week."""
    stores = stream(world.seed, "lateness").uniform(0.5, 1.1, len(world.stores))
    # The chain's country has one zone and no summer time.
    busy = np.array(BUSY)[(came - world.start) % _DAY // 3_600]
    found: Floats = stores[place] * (0.55 + 0.75 * busy) * (0.75 + 0.3 * WEEKDAY[day.weekday()])
    return found


def _knack(world: World, people: Sequence[int | None]) -> Floats:
    """Some colleagues are quicker than others, and stay so."""
    numbers = np.array([person or 0 for person in people], dtype=np.int64)
    # Multiplying scatters neighbours: 0.4 to 1.8 times as often late as is usual.
    found: Floats = 0.4 + ((numbers + world.seed) * 48_271 % 1_009) / 1_009 * 1.4
    return found


def _pieces(rng: np.random.Generator, world: World, n: int, day: int) -> tuple[Ints, Ints]:
    """Two or three variants for each visit, of different styles, and their prices."""
    days = np.full(n * PIECES, day)
    group = weighted(rng, _GROUPS, n).repeat(PIECES)
    style = world.goods.drawn(rng, group=group, tier=weighted(rng, TIERS, n).repeat(PIECES), day=days)
    wearer = np.clip(np.rint(rng.normal(2.0, 1.0, n)), 0, 4).astype(np.int64).repeat(PIECES)
    colour, size = variants(rng, world.goods, style, wearer, group, (group == 1).astype(np.int64))
    sku = world.shelf.place[style, colour, size].reshape(n, PIECES)
    price = paid(rng, world.goods, style, days).reshape(n, PIECES)
    first, second, third = style.reshape(n, PIECES).T
    sku[:, 1][second == first] = -1
    sku[:, 2][(third == first) | (third == second) | (rng.random(n) < THIRD)] = -1
    return sku, price


def _tries(rng: np.random.Generator, opened: Ints, tries: Bools, late: Floats) -> tuple[Ints, Ints, Ints]:
    """When each piece was judged, one after the other, and the calls on the way."""
    n = len(opened)
    now, tried, rung, answered = opened, *(np.full(tries.shape, NEVER) for _ in range(3))
    for nth in range(PIECES):
        on, rings = tries[:, nth], tries[:, nth] & (rng.random(n) < HABITS.rings)
        worn = now + 1 + HABITS.try_on.draws(rng, np.ones(n))
        came = worn + 1 + HABITS.answer.draws(rng, late)
        rung[:, nth], answered[:, nth] = np.where(rings, worn, NEVER), np.where(rings, came, NEVER)
        now = np.where(on, np.where(rings, came, worn) + 1, now)
        tried[:, nth] = np.where(on, now, NEVER)
    return tried, rung, answered

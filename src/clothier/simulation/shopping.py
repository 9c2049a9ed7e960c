"""Eighteen months of shopping as columns: who bought what, where, when, for how much, and what came back.

Seasons, weekdays and holidays shape the days; a few customers come often and most seldom; each draws from what was in
the stores at the time, at the prices they lean to, in their own size, and now and then for somebody else.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from clothier.simulation.assortment import GROUPS, MEN, UNISEX, WOMEN, Assortment
from clothier.simulation.crowd import DAYS, Crowd, crowd
from clothier.simulation.draws import Floats, Ints, stream, weighted

# Monday to Sunday, and January to December: apparel sells at week-ends, before the New Year and in autumn.
WEEKDAY = (0.78, 0.76, 0.80, 0.86, 1.08, 1.42, 1.30)
MONTH = (1.18, 0.92, 0.90, 0.98, 1.06, 0.94, 0.82, 0.86, 1.02, 1.14, 1.26, 1.22)
FESTIVALS = {
    (1, 1): 1.5, (5, 1): 1.7, (5, 2): 1.5, (6, 18): 1.4, (10, 1): 1.9, (10, 2): 1.7, (10, 3): 1.5, (11, 11): 1.8,
    (12, 12): 1.3, (12, 25): 1.3,
}  # fmt: skip
RETURNED = 0.08
# Of a hundred visits so many end at the till; in a chain that sells more to each, people also come more to buy.
BUYS, BUYS_AT_MOST = 0.52, 0.8
HOURS = (10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)
HOUR_WEIGHTS = (3, 6, 6, 6, 9, 12, 11, 9, 10, 13, 11, 4)
# How often each group of goods is looked through: women, men, kids, for both; by the buyer's sex and whether a parent.
_TASTE = np.array([[[86, 7, 1, 6], [68, 8, 18, 6]], [[12, 80, 1, 7], [13, 64, 17, 6]]], dtype=float)
# So many people tell how often this crowd comes.
_ASKED = 20_000
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Habit:
    """How eagerly a chain's customers shop: `pace` times the usual number of visits, of which a share `buys`."""

    pace: float = 1.0
    buys: float = BUYS


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits by column, in the order of time: customer, store, moment (seconds from the first midnight), bought."""

    customer: Ints
    store: Ints
    second: Ints
    stay: Ints
    bought: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """Bought pieces by column, grouped by visit (an index of Visits), in fen; `back_after`: days, 0 if kept."""

    visit: Ints
    style: Ints
    colour: Ints
    size: Ints
    group: Ints
    paid_fen: Ints
    back_after: Ints


def usual_orders(*, seed: int, customers: int) -> int:
    """About how many orders so many customers place when nobody says how many."""
    coming, joining = _calls(seed)
    return round(customers * (coming + joining) * BUYS)


def habit(*, seed: int, orders_each: float) -> Habit:
    """What makes customers place so many orders each, on average: coming oftener, and buying oftener when they come."""
    coming, joining = _calls(seed)
    eager = orders_each / ((coming + joining) * BUYS)
    buys = float(np.clip(BUYS * np.sqrt(eager), 0.05, BUYS_AT_MOST))
    return Habit(max((orders_each / buys - joining) / coming, 0.0), buys)


def visits(*, seed: int, people: Crowd, first_day: date, habit: Habit) -> Visits:
    """Everybody's visits over the history, by their pace, from the day they joined until they shop elsewhere."""
    rng = stream(seed, "visits", people.first)
    edges = _edges(first_day)
    start, end = _span(people)
    share = (edges[end] - edges[start]) / edges[-1]
    # Whoever joined inside the history came at least that once.
    n = rng.poisson(habit.pace * people.pace * share * DAYS / 365.25) + (people.joined >= 0)
    customer = np.repeat(np.arange(len(people)), n)
    at = edges[start][customer] + rng.random(len(customer)) * (edges[end] - edges[start])[customer]
    day = np.clip(np.searchsorted(edges, at, side="right") - 1, start[customer], DAYS - 1)
    second = day * _DAY + _second_of_day(rng, len(customer))
    away = rng.random(len(customer)) < 0.06
    store = np.where(away, rng.integers(0, people.store.max(initial=0) + 1, len(customer)), people.store[customer])
    order = np.argsort(second, kind="stable")
    stay = rng.integers(4, 55, len(customer)) * 60
    bought = (rng.random(len(customer)) < habit.buys).astype(np.int64)
    return Visits(customer[order], store[order], second[order], stay, bought)


def lines(*, seed: int, people: Crowd, seen: Visits, goods: Assortment) -> Lines:
    """What was bought on the visits that ended at the till."""
    rng = stream(seed, "lines", people.first)
    at_till = np.flatnonzero(seen.bought)
    visit = np.repeat(at_till, 1 + rng.poisson(0.62, len(at_till)))
    buyer, day = seen.customer[visit], seen.second[visit] // _DAY
    group = _groups(rng, people, buyer)
    style = goods.drawn(rng, group=group, tier=people.tier[buyer], day=day)
    colour, size = variants(rng, goods, style, people.size[buyer], group, people.sex[buyer])
    return Lines(visit, style, colour, size, group, paid(rng, goods, style, day), _returns(rng, len(visit)))


def day_weights(first_day: date) -> Floats:
    """How busy each day of the history is, by weekday, month and festival."""
    days = [first_day + timedelta(days=i) for i in range(DAYS)]
    shape = [WEEKDAY[d.weekday()] * MONTH[d.month - 1] * FESTIVALS.get((d.month, d.day), 1.0) for d in days]
    return np.array(shape)


@cache
def _edges(first_day: date) -> Floats:
    return np.concatenate([[0.0], np.cumsum(day_weights(first_day))])


@cache
def _calls(seed: int) -> tuple[float, float]:
    """Visits a customer makes at the usual pace, and those on the day of joining, on average."""
    people = crowd(seed=seed, first=0, customers=_ASKED, store_weights=[1.0])
    start, end = _span(people)
    return float((people.pace * (end - start) / 365.25).mean()), float((people.joined >= 0).mean())


def _span(people: Crowd) -> tuple[Ints, Ints]:
    start = np.clip(people.joined, 0, DAYS).astype(np.int64)
    return start, np.clip(people.loyal_until, start, DAYS).astype(np.int64)


def _second_of_day(rng: np.random.Generator, n: int) -> Ints:
    hours = np.array(HOURS)[weighted(rng, HOUR_WEIGHTS, n)]
    return hours * 3600 + rng.integers(0, 3600, n)


def _groups(rng: np.random.Generator, people: Crowd, buyer: Ints) -> Ints:
    taste = np.cumsum(_TASTE / _TASTE.sum(axis=2, keepdims=True), axis=2)
    found: Ints = (rng.random(len(buyer))[:, None] > taste[people.sex[buyer], people.has_child[buyer]]).sum(axis=1)
    return np.minimum(found, len(GROUPS) - 1)


def variants(
    rng: np.random.Generator, goods: Assortment, style: Ints, size: Ints, group: Ints, sex: Ints
) -> tuple[Ints, Ints]:
    # The first colour of a palette sells best; a piece for oneself is in one's size, give or take; others' sizes vary.
    colour = (rng.random(len(style)) ** 1.4 * goods.palettes[style]).astype(np.int64)
    own = (group == np.where(sex == 0, WOMEN, MEN)) | (group == UNISEX)
    steps = goods.runs[style] - 1
    fitting = np.clip(np.rint(size / 4 * steps + rng.normal(0, 0.35, len(style))), 0, steps)
    anyhow = np.floor(rng.random(len(style)) * (steps + 1))
    return colour, np.where(own, fitting, anyhow).astype(np.int64)


def paid(rng: np.random.Generator, goods: Assortment, style: Ints, day: Ints) -> Ints:
    """Fen actually paid: the tag, or less as the season ends; rounded down to the yuan."""
    age = day - goods.listed[style]
    markdown = np.where(age > 300, 0.55, np.where(age > 150, 0.7, np.where(age > 90, 0.88, 1.0)))
    member = np.where(rng.random(len(style)) < 0.3, 0.95, 1.0)
    return (goods.tags[style] * markdown * member // 100 * 100).astype(np.int64)


def _returns(rng: np.random.Generator, n: int) -> Ints:
    return np.where(rng.random(n) < RETURNED, rng.integers(1, 15, n), 0)

"""Eighteen months of shopping as columns: who bought what, where, when, for how much, and what came back.

Seasons, weekdays and holidays shape the days; a few customers come often and most seldom; each draws from what was in
the stores at the time, at the prices they lean to, in their own size, and now and then for somebody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from clothier.catalog.contracts import StyleFacts
from clothier.simulation.crowd import DAYS, Crowd
from clothier.simulation.draws import Floats, Ints, stream, weighted

# Monday to Sunday, and January to December: apparel sells at week-ends, before the New Year and in autumn.
WEEKDAY = (0.78, 0.76, 0.80, 0.86, 1.08, 1.42, 1.30)
MONTH = (1.18, 0.92, 0.90, 0.98, 1.06, 0.94, 0.82, 0.86, 1.02, 1.14, 1.26, 1.22)
FESTIVALS = {
    (1, 1): 1.5, (5, 1): 1.7, (5, 2): 1.5, (6, 18): 1.4, (10, 1): 1.9, (10, 2): 1.7, (10, 3): 1.5, (11, 11): 1.8,
    (12, 12): 1.3, (12, 25): 1.3,
}  # fmt: skip
RETURNED = 0.08
BUYS = 0.52
HOURS = (10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)
HOUR_WEIGHTS = (3, 6, 6, 6, 9, 12, 11, 9, 10, 13, 11, 4)
# How often each group of goods is looked through: women, men, kids, for both; by the buyer's sex and whether a parent.
GROUPS = ("women", "men", "kids", "unisex")
_TASTE = np.array([[[86, 7, 1, 6], [68, 8, 18, 6]], [[12, 80, 1, 7], [13, 64, 17, 6]]], dtype=float)
_SEASON_MONTHS = {
    "spring": (2, 3, 4, 5),
    "summer": (5, 6, 7, 8),
    "autumn": (8, 9, 10, 11),
    "winter": (10, 11, 12, 1, 2),
}
_TIER_LEAN = (-0.9, 0.0, 0.9)


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits by column, in the order of time: customer, store, moment (seconds from the first midnight), bought."""

    customer: Ints
    store: Ints
    second: Ints
    bought: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """Bought pieces by column, grouped by visit (an index of Visits), in fen; `back_after`: days, 0 if kept."""

    visit: Ints
    style: Ints
    colour: Ints
    size: Ints
    paid_fen: Ints
    back_after: Ints


def visits(*, seed: int, people: Crowd, first_day: date) -> Visits:
    """Everybody's visits over the history, by their pace, from the day they joined until they shop elsewhere."""
    rng = stream(seed, "visits", len(people))
    weights = day_weights(first_day)
    edges = np.concatenate([[0.0], np.cumsum(weights)])
    start = np.clip(people.joined, 0, DAYS).astype(np.int64)
    end = np.clip(people.loyal_until, start, DAYS).astype(np.int64)
    share = (edges[end] - edges[start]) / edges[-1]
    # Whoever joined inside the history came at least that once.
    n = rng.poisson(people.pace * share * DAYS / 365.25) + (people.joined >= 0)
    customer = np.repeat(np.arange(len(people)), n)
    at = edges[start][customer] + rng.random(len(customer)) * (edges[end] - edges[start])[customer]
    day = np.clip(np.searchsorted(edges, at, side="right") - 1, start[customer], DAYS - 1)
    second = day * 86_400 + _second_of_day(rng, len(customer))
    away = rng.random(len(customer)) < 0.06
    store = np.where(away, rng.integers(0, people.store.max(initial=0) + 1, len(customer)), people.store[customer])
    order = np.argsort(second, kind="stable")
    bought = (rng.random(len(customer)) < BUYS).astype(np.int64)
    return Visits(customer[order], store[order], second[order], bought)


def lines(*, seed: int, people: Crowd, seen: Visits, styles: Sequence[StyleFacts], first_day: date) -> Lines:
    """What was bought on the visits that ended at the till."""
    rng = stream(seed, "lines", len(people))
    at_till = np.flatnonzero(seen.bought)
    visit = np.repeat(at_till, 1 + rng.poisson(0.75, len(at_till)))
    buyer, day = seen.customer[visit], seen.second[visit] // 86_400
    group = _groups(rng, people, buyer)
    month = _month_index(day, first_day)
    style = _styles(rng, styles, group, people.tier[buyer], month, first_day)
    colour, size = _variants(rng, styles, style, people.size[buyer], group, people.sex[buyer])
    return Lines(visit, style, colour, size, _paid(rng, styles, style, day, first_day), _returns(rng, len(visit)))


def day_weights(first_day: date) -> Floats:
    """How busy each day of the history is, by weekday, month and festival."""
    days = [first_day + timedelta(days=i) for i in range(DAYS)]
    shape = [WEEKDAY[d.weekday()] * MONTH[d.month - 1] * FESTIVALS.get((d.month, d.day), 1.0) for d in days]
    return np.array(shape)


def _second_of_day(rng: np.random.Generator, n: int) -> Ints:
    hours = np.array(HOURS)[weighted(rng, HOUR_WEIGHTS, n)]
    return hours * 3600 + rng.integers(0, 3600, n)


def _groups(rng: np.random.Generator, people: Crowd, buyer: Ints) -> Ints:
    taste = np.cumsum(_TASTE / _TASTE.sum(axis=2, keepdims=True), axis=2)
    found: Ints = (rng.random(len(buyer))[:, None] > taste[people.sex[buyer], people.has_child[buyer]]).sum(axis=1)
    return found


def _month_index(day: Ints, first_day: date) -> Ints:
    """Months since the first day's month, for each day of the history."""
    table = [first_day + timedelta(days=i) for i in range(DAYS)]
    months = np.array([(d.year - first_day.year) * 12 + d.month - first_day.month for d in table], dtype=np.int64)
    found: Ints = months[day]
    return found


def _styles(
    rng: np.random.Generator, styles: Sequence[StyleFacts], group: Ints, tier: Ints, month: Ints, first_day: date
) -> Ints:
    """A style for each line, from what was in the stores in that month for those people at that taste."""
    appeal = rng.lognormal(0.0, 0.9, len(styles))
    price = np.log([style.price_fen for style in styles])
    kinds = np.array([GROUPS.index(style.gender) for style in styles])
    chosen = np.empty(len(group), dtype=np.int64)
    key = (month * len(GROUPS) + group) * len(_TIER_LEAN) + tier
    order = np.argsort(key, kind="stable")
    present, starts = np.unique(key[order], return_index=True)
    for value, rows in zip(present.tolist(), np.split(order, starts[1:]), strict=True):
        here, tier_here = divmod(value, len(_TIER_LEAN))
        month_here, group_here = divmod(here, len(GROUPS))
        mine = np.flatnonzero(kinds == group_here)
        lean = np.exp(_TIER_LEAN[tier_here] * (price[mine] - price[mine].mean()))
        wanted = appeal[mine] * lean * _in_season([styles[i] for i in mine.tolist()], month_here, first_day)
        chosen[rows] = mine[weighted(rng, wanted, len(rows))]
    return chosen


def _in_season(styles: Sequence[StyleFacts], month: int, first_day: date) -> Floats:
    years, number = divmod(first_day.month - 1 + month, 12)
    today = date(first_day.year + years, number + 1, 15)
    return np.array([_wanted_in(style, today) for style in styles])


def _wanted_in(style: StyleFacts, today: date) -> float:
    if style.listed_on and style.listed_on > today:
        return 0.001
    months = _SEASON_MONTHS.get(style.season)
    fresh = 1.0 if style.listed_on and (today - style.listed_on).days < 200 else 0.45
    return fresh * (1.0 if months is None or today.month in months else 0.06)


def _variants(
    rng: np.random.Generator, styles: Sequence[StyleFacts], style: Ints, size: Ints, group: Ints, sex: Ints
) -> tuple[Ints, Ints]:
    palettes = np.array([len({v.colour for v in facts.variants}) for facts in styles])
    runs = np.array([len({v.size for v in facts.variants}) for facts in styles])
    # The first colour of a palette sells best; a piece for oneself is in one's size, give or take; others' sizes vary.
    colour = (rng.random(len(style)) ** 1.4 * palettes[style]).astype(np.int64)
    own = (group == np.where(sex == 0, 0, 1)) | (group == 3)
    steps = runs[style] - 1
    fitting = np.clip(np.rint(size / 4 * steps + rng.normal(0, 0.35, len(style))), 0, steps)
    anyhow = np.floor(rng.random(len(style)) * (steps + 1))
    return colour, np.where(own, fitting, anyhow).astype(np.int64)


def _paid(rng: np.random.Generator, styles: Sequence[StyleFacts], style: Ints, day: Ints, first_day: date) -> Ints:
    """Fen actually paid: the tag, or less as the season ends; rounded down to the yuan."""
    tag = np.array([facts.price_fen for facts in styles])[style]
    listed = np.array([((facts.listed_on or first_day) - first_day).days for facts in styles])[style]
    age = day - listed
    markdown = np.where(age > 300, 0.55, np.where(age > 150, 0.7, np.where(age > 90, 0.88, 1.0)))
    member = np.where(rng.random(len(style)) < 0.3, 0.95, 1.0)
    return (tag * markdown * member // 100 * 100).astype(np.int64)


def _returns(rng: np.random.Generator, n: int) -> Ints:
    return np.where(rng.random(n) < RETURNED, rng.integers(1, 15, n), 0)

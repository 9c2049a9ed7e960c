"""The chain's styles as columns: what a shopper draws from, month by month, and what each drawn piece is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clothier.catalog.contracts import StyleFacts
from clothier.catalog.selectors import variants
from clothier.simulation.crowd import DAYS
from clothier.simulation.draws import Floats, Ints, stream

Words = NDArray[np.object_]
GROUPS = ("women", "men", "kids", "unisex")
WOMEN, MEN, KIDS, UNISEX = range(4)
_SEASON_MONTHS = {
    "spring": (2, 3, 4, 5),
    "summer": (5, 6, 7, 8),
    "autumn": (8, 9, 10, 11),
    "winter": (10, 11, 12, 1, 2),
}
_TIER_LEAN = (-0.9, 0.0, 0.9)


@dataclass(frozen=True, slots=True)
class Assortment:
    """Styles in the generator's order. Prices in fen, `listed` in days from the first; `months` of each day.

    `edges` holds, for a month, group and tier, the styles wanted and how much, added up; `skus` and what follows are
    by style, colour and size.
    """

    tags: Ints
    costs: Ints
    listed: Ints
    kinds: Ints
    palettes: Ints
    runs: Ints
    months: Ints
    edges: dict[int, tuple[Ints, Floats]]
    category: Ints
    categories: Sequence[str]

    @classmethod
    def of(cls, styles: Sequence[StyleFacts], *, seed: int, first_day: date) -> "Assortment":
        months = _months(first_day)
        tags = np.array([style.price_fen for style in styles])
        kinds = np.array([GROUPS.index(style.gender) for style in styles])
        appeal = stream(seed, "appeal").lognormal(0.0, 0.9, len(styles))
        edges: dict[int, tuple[Ints, Floats]] = {}
        for month in range(int(months.max()) + 1):
            wanted = appeal * _in_season(styles, month, first_day)
            for group in range(len(GROUPS)):
                mine = np.flatnonzero(kinds == group)
                price = np.log(tags[mine])
                for tier, lean in enumerate(_TIER_LEAN):
                    weights = wanted[mine] * np.exp(lean * (price - price.mean())) if len(mine) else wanted[mine]
                    edges[_key(month, group, tier)] = (mine, np.cumsum(weights))
        return cls(
            tags=tags,
            costs=np.array([style.cost_fen or 0 for style in styles]),
            listed=np.array([((style.listed_on or first_day) - first_day).days for style in styles]),
            kinds=kinds,
            palettes=np.array([len(_colours(style)) for style in styles]),
            runs=np.array([len(_sizes(style)) for style in styles]),
            months=months,
            edges=edges,
            category=np.unique([style.category for style in styles], return_inverse=True)[1],
            categories=sorted({style.category for style in styles}),
        )

    def drawn(self, rng: np.random.Generator, *, group: Ints, tier: Ints, day: Ints) -> Ints:
        """A style for each line, from what was in the stores in that month for those people at that taste."""
        lots = rng.random(len(group))
        chosen = np.empty(len(group), dtype=np.int64)
        key = _key(self.months[day], group, tier)
        order = np.argsort(key, kind="stable")
        present, starts = np.unique(key[order], return_index=True)
        for value, rows in zip(present.tolist(), np.split(order, starts[1:]), strict=True):
            mine, edges = self.edges[value]
            chosen[rows] = mine[np.searchsorted(edges, lots[rows] * edges[-1], side="right")]
        return chosen


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a sold line needs to know of its variant: columns by variant, `place` finds it by style, colour and size.

    `colour` and `size` are places in `colours` (codes) and `sizes`, `style` is one in `styles` (ids).
    """

    place: "np.ndarray[Any, np.dtype[np.int64]]"
    skus: Ints
    style: Ints
    styles: Ints
    codes: Words
    names: Words
    colour: Ints
    size: Ints
    colours: Sequence[str]
    sizes: Sequence[str]

    @classmethod
    def of(cls, styles: Sequence[StyleFacts]) -> "Shelf":
        """The variants as the database has them."""
        stored: dict[tuple[str, str, str], int] = {}
        ids: dict[str, int] = {}
        for pk, style_id, code, colour_code, size_code in variants():
            stored[code, colour_code, size_code], ids[code] = pk, style_id
        found: list[tuple[int, int, int, int, str, str, str]] = [
            (s, c, z, stored[style.code, colour, size], f"{style.code}-{colour}-{size}".upper(), colour, size)
            for s, style in enumerate(styles)
            for c, colour in enumerate(_colours(style))
            for z, size in enumerate(_sizes(style))
        ]
        shape = [max(places) + 1 for places in zip(*((s, c, z) for s, c, z, *_rest in found), strict=True)]
        place = np.full(shape, -1, dtype=np.int64)
        for nth, (s, c, z, *_rest) in enumerate(found):
            place[s, c, z] = nth
        colours, colour = np.unique([row[5] for row in found], return_inverse=True)
        sizes, size = np.unique([row[6] for row in found], return_inverse=True)
        return cls(
            place=place,
            skus=np.array([row[3] for row in found]),
            style=np.array([row[0] for row in found]),
            styles=np.array([ids[style.code] for style in styles]),
            codes=np.array([row[4] for row in found], dtype=object),
            names=np.array([styles[row[0]].name for row in found], dtype=object),
            colour=colour,
            size=size,
            colours=colours.tolist(),
            sizes=sizes.tolist(),
        )


def _key(month: Any, group: Any, tier: Any) -> Any:
    """One number for the three, be they numbers or columns."""
    return (month * len(GROUPS) + group) * len(_TIER_LEAN) + tier


def _colours(style: StyleFacts) -> list[str]:
    return list(dict.fromkeys(variant.colour for variant in style.variants))


def _sizes(style: StyleFacts) -> list[str]:
    return list(dict.fromkeys(variant.size for variant in style.variants))


def _months(first_day: date) -> Ints:
    """Months since the first day's month, for each day of the history."""
    days = [first_day + timedelta(days=i) for i in range(DAYS)]
    return np.array([(d.year - first_day.year) * 12 + d.month - first_day.month for d in days], dtype=np.int64)


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

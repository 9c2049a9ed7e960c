"""What purchases show of the people who made them: sizes by category, for oneself and for others, and colours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from clothier.customers.contracts import PastFacts
from clothier.simulation.assortment import MEN, UNISEX, WOMEN
from clothier.simulation.contents import load
from clothier.simulation.draws import Bools, Ints
from clothier.simulation.world import Stretch, World

# So many categories' sizes are remembered of each person, the most bought ones.
CATEGORIES = 4
_ONE_SIZE = "均码"


class Best(NamedTuple):
    """The value bought most by a person, of a kind: how often, and when last."""

    who: int
    kind: int
    value: int
    times: int
    last: int


@dataclass(slots=True)
class Told:
    """Facts as they are gathered, one by one."""

    people: list[int] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    qualifiers: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    confidence: list[int] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    wearers: list[int | None] = field(default_factory=list)
    actors: list[int | None] = field(default_factory=list)

    def add(
        self,
        who: int,
        name: str,
        value: str,
        at: int,
        *,
        about: str = "",
        source: str = "store",
        sure: int = 80,
        wearer: int | None = None,
        actor: int | None = None,
    ) -> None:
        self.people.append(who)
        self.fields.append(name)
        self.values.append(value)
        self.qualifiers.append(about)
        self.sources.append(source)
        self.confidence.append(sure)
        self.moments.append(at)
        self.wearers.append(wearer)
        self.actors.append(actor)

    def facts(self) -> PastFacts:
        return PastFacts(
            people=self.people,
            fields=self.fields,
            values=self.values,
            qualifiers=self.qualifiers,
            sources=self.sources,
            confidence=self.confidence,
            moments=np.array(self.moments, dtype=np.int64),
            wearers=self.wearers,
            actors=self.actors,
        )


def tell_sizes(told: Told, drawn: Stretch, world: World) -> None:
    """The size bought most in each category for oneself, and the colour bought more than once."""
    sex = drawn.people.sex[drawn.buyer]
    own = (drawn.bought.group == np.where(sex == 0, WOMEN, MEN)) | (drawn.bought.group == UNISEX)
    for best in sizes(drawn, world, own, each=CATEGORIES):
        sure = min(55 + 10 * best.times, 95)
        size, about = world.shelf.sizes[best.value], world.goods.categories[best.kind]
        told.add(best.who, "size", size, best.last, about=about, source="sale", sure=sure)
    colour, names = world.shelf.colour[drawn.sku], load("colours")
    for best in most_bought(drawn.buyer, np.zeros_like(colour), colour, bought_at(drawn), each=1):
        if best.times > 1:
            said = names[world.shelf.colours[best.value]][0]
            told.add(best.who, "colour", said, best.last, source="sale", sure=70)


def tell_size_of(told: Told, drawn: Stretch, world: World, group: int, wearers: dict[int, int]) -> None:
    """The sizes bought most of one group of goods, for the wearer a customer buys it for (`wearers` by place)."""
    theirs = (drawn.bought.group == group) & np.isin(drawn.buyer, np.fromiter(wearers, dtype=np.int64))
    for best in sizes(drawn, world, theirs, each=2):
        size, about = world.shelf.sizes[best.value], world.goods.categories[best.kind]
        told.add(best.who, "size", size, best.last, about=about, source="sale", sure=60, wearer=wearers[best.who])


def sizes(drawn: Stretch, world: World, which: Bools, *, each: int) -> Iterator[Best]:
    """The size bought most by category among these lines, for the categories each person bought most of."""
    size = world.shelf.size[drawn.sku]
    sized = np.array([name != _ONE_SIZE for name in world.shelf.sizes])
    rows = np.flatnonzero(which & sized[size])
    kind = world.goods.category[drawn.bought.style[rows]]
    return most_bought(drawn.buyer[rows], kind, size[rows], bought_at(drawn)[rows], each=each)


def bought_at(drawn: Stretch) -> Ints:
    """When each line was paid: as its visit ended."""
    return drawn.left[drawn.bought.visit]


def most_bought(who: Ints, kind: Ints, value: Ints, when: Ints, *, each: int) -> Iterator[Best]:
    """For each person the value bought most of a kind, for the `each` kinds of which most was bought."""
    if not len(who):
        return
    kinds, values = int(kind.max()) + 1, int(value.max()) + 1
    key, nth, times = np.unique((who * kinds + kind) * values + value, return_inverse=True, return_counts=True)
    last = np.zeros(len(key), dtype=np.int64)
    np.maximum.at(last, nth, when)
    pair = key // values
    order = np.lexsort((last, times, pair))
    # The last of each pair of person and kind is what was bought most of it, the latest where there are several.
    best = order[np.flatnonzero(np.diff(pair[order], append=-1))]
    best = best[np.lexsort((-times[best], pair[best] // kinds))]
    person = pair[best] // kinds
    best = best[np.arange(len(best)) - np.searchsorted(person, person) < each]
    columns = (pair[best] // kinds, pair[best] % kinds, key[best] % values, times[best], last[best])
    yield from map(Best._make, zip(*(column.tolist() for column in columns), strict=True))

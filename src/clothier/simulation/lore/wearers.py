"""For whom else the people of a stretch buy, as their purchases show."""

from dataclasses import dataclass, field

import numpy as np

from clothier.simulation.assortment import KIDS, MEN, WOMEN
from clothier.simulation.contents import load
from clothier.simulation.draws import Bools, Ints, pick, stream
from clothier.simulation.world import Stretch

CHILD, PARTNER, PARENT, FRIEND = 0.85, 0.6, 0.06, 0.03
_SEXES = ("women", "men")


@dataclass(slots=True)
class Family:
    """Wearers as columns; `goods` is the group of goods that is bought for them, None where nothing shows."""

    places: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    goods: list[int | None] = field(default_factory=list)

    def add(self, place: int, relation: str, name: str, goods: int | None = None) -> None:
        self.places.append(place)
        self.relations.append(relation)
        self.names.append(name)
        self.goods.append(goods)


def family(drawn: Stretch, *, seed: int, may_name_children: Bools) -> Family:
    """A parent's child, somebody's partner, now and then a mother or a friend."""
    rng, people, words = stream(seed, "wearers", drawn.people.first), drawn.people, load("people")["wearers"]
    found = Family()
    lots = rng.random((4, len(people)))
    for who in np.flatnonzero((people.has_child == 1) & (_bought(drawn, KIDS) > 0) & (lots[0] < CHILD)).tolist():
        name = f"{pick(rng, words['child'])}{pick(rng, words['pet_names'])}" if may_name_children[who] else ""
        found.add(who, "child", name, KIDS)
    for sex, other in ((0, MEN), (1, WOMEN)):
        theirs = (people.sex == sex) & (people.age >= 24) & (_bought(drawn, other) > 0) & (lots[1] < PARTNER)
        for who in np.flatnonzero(theirs).tolist():
            found.add(who, "partner", pick(rng, words["partner"][_SEXES[sex]]), other)
    for who in np.flatnonzero((people.age >= 25) & (people.age < 56) & (lots[2] < PARENT)).tolist():
        found.add(who, "parent", pick(rng, words["parent"]))
    for who in np.flatnonzero(lots[3] < FRIEND).tolist():
        found.add(who, "friend", pick(rng, words["friend"]))
    return found


def _bought(drawn: Stretch, group: int) -> Ints:
    return np.bincount(drawn.buyer[drawn.bought.group == group], minlength=len(drawn.people))

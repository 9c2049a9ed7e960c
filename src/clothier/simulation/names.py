"""Names people in the demo could have. Put together by drawing; nobody is meant."""

from functools import cache

import numpy as np

from clothier.simulation.contents import load
from clothier.simulation.draws import Floats, Ints, weighted

WOMAN, MAN = 0, 1
SEXES = ("women", "men")
GENERATIONS = ("elder", "middle", "young")
# The youngest of a generation, so that names are those their bearers' parents liked.
_ELDER, _MIDDLE = 52, 33


def full_name(rng: np.random.Generator, *, sex: int, age: int) -> str:
    """One name, surname first."""
    return full_names(rng, sexes=np.array([sex]), ages=np.array([age]))[0]


def full_names(rng: np.random.Generator, *, sexes: Ints, ages: Ints) -> list[str]:
    """Many names at once, one for each pair of sex and age."""
    surnames, shares = _surnames()
    drawn = surnames[weighted(rng, shares, len(sexes))]
    bands = np.where(ages >= _ELDER, 0, np.where(ages >= _MIDDLE, 1, 2))
    given = np.empty(len(sexes), dtype=object)
    for sex in (WOMAN, MAN):
        for band in range(len(GENERATIONS)):
            here = np.flatnonzero((sexes == sex) & (bands == band))
            pool, common = _given(sex, band)
            given[here] = pool[weighted(rng, common, len(here))]
    names: list[str] = (drawn + given).tolist()
    return names


@cache
def _surnames() -> tuple[np.ndarray, Floats]:
    content = load("people")["surnames"]
    return np.array(list(content), dtype=object), np.array(list(content.values()), dtype=np.float64)


@cache
def _given(sex: int, band: int) -> tuple[np.ndarray, Floats]:
    """Given names of a generation, and how common each is: characters further left in the content more often."""
    content = load("people")["given"][SEXES[sex]][GENERATIONS[band]]
    ones, first, second = content["ones"], content["first"], content["second"]
    twos = [a + b for a in first for b in second if a != b]
    common = [_rank(i) * _rank(k) for i, a in enumerate(first) for k, b in enumerate(second) if a != b]
    alone = [_rank(i) for i in range(len(ones))]
    shares = np.concatenate(
        [np.array(alone) / sum(alone) * content["one"], np.array(common) / sum(common) * (1 - content["one"])]
    )
    return np.array([*ones, *twos], dtype=object), shares


def _rank(place: int) -> float:
    return float((place + 1) ** -0.45)

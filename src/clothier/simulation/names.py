"""Names people in the demo could have. Invented by drawing; nobody is meant."""

import numpy as np

from clothier.simulation.contents import load
from clothier.simulation.draws import Ints, pick, weighted

WOMAN, MAN = 0, 1
SEXES = ("women", "men")
GENERATIONS = ("elder", "middle", "young")


def generation(age: int) -> str:
    return "elder" if age >= 52 else "middle" if age >= 33 else "young"


def full_name(rng: np.random.Generator, *, sex: int, age: int) -> str:
    """One name, surname first."""
    surnames = load("people")["surnames"]
    surname = list(surnames)[int(weighted(rng, list(surnames.values()), 1)[0])]
    given = pick(rng, load("people")["given"][SEXES[sex]][generation(age)])
    return f"{surname}{given}"


def full_names(rng: np.random.Generator, *, sexes: Ints, ages: Ints) -> list[str]:
    """Many names at once, one for each pair of sex and age."""
    content = load("people")
    surnames = np.array(list(content["surnames"]))
    drawn = surnames[weighted(rng, list(content["surnames"].values()), len(sexes))]
    bands = np.where(ages >= 52, 0, np.where(ages >= 33, 1, 2))
    lots = rng.random(len(sexes))
    given = np.empty(len(sexes), dtype=object)
    for sex, group in enumerate(SEXES):
        for band, name in enumerate(GENERATIONS):
            here = np.flatnonzero((sexes == sex) & (bands == band))
            pool = np.array(content["given"][group][name], dtype=object)
            given[here] = pool[(lots[here] * len(pool)).astype(int)]
    return [f"{surname}{rest}" for surname, rest in zip(drawn.tolist(), given.tolist(), strict=True)]

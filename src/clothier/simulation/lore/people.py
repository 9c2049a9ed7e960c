"""What the people of a stretch told a colleague: birthdays, occasions, measurements; and what colleagues call them."""

from datetime import date, timedelta

import numpy as np

from clothier.simulation.contents import load
from clothier.simulation.draws import Bools, Floats, Ints, stream
from clothier.simulation.lore.wardrobe import Told
from clothier.simulation.world import Stretch, World

KNOWN_BIRTHDAYS, SENSITIVE, OCCASION, MEASURED, TAGGED = 0.55, 0.08, 0.3, 0.4, 0.4
# Centimetres of the smallest size and what a size adds, women and men; how much people of one size differ.
_BODY = {
    "shoulder": ((36.5, 0.9), (42.0, 1.1), 0.6),
    "bust": ((79, 4), (86, 4.5), 1.6),
    "waist": ((61, 4.3), (70, 5), 2.0),
    "hip": ((86, 4), (88, 4), 1.7),
}
_HEIGHT = ((161.5, 5.2), (173.5, 5.6))


def birthdays(drawn: Stretch, world: World) -> list[str | None]:
    """Who told theirs, as written in facts."""
    people = drawn.people
    known = stream(world.seed, "birthdays", people.first).random(len(people)) < KNOWN_BIRTHDAYS
    days = zip(known.tolist(), people.age.tolist(), people.birthday.tolist(), strict=True)
    return [
        (date(world.today.year - age, 1, 1) + timedelta(days=day)).isoformat() if told else None
        for told, age, day in days
    ]


def tell_person(told: Told, drawn: Stretch, world: World, born: list[str | None], may_measure: Bools) -> None:
    rng = stream(world.seed, "facts", drawn.people.first)
    registered = drawn.registered.tolist()
    for who, day in enumerate(born):
        if day:
            told.add(who, "birthday", day, registered[who], sure=95)
    content = load("people")
    for name, share, words in (
        ("sensitivity", SENSITIVE, content["sensitivities"]),
        ("occasion", OCCASION, content["occasions"]),
    ):
        chosen = np.flatnonzero(rng.random(len(born)) < share)
        for who, word in zip(chosen.tolist(), rng.integers(len(words), size=len(chosen)).tolist(), strict=True):
            told.add(who, name, words[word], registered[who])
    _tell_measurements(told, drawn, world, np.flatnonzero(may_measure & (rng.random(len(born)) < MEASURED)), rng)


def _tell_measurements(told: Told, drawn: Stretch, world: World, chosen: Ints, rng: np.random.Generator) -> None:
    """Taken by a colleague at the first visit, of those who agreed to it: height of all, girths of half."""
    sex, size = drawn.people.sex[chosen], drawn.people.size[chosen]
    middle, spread = np.array(_HEIGHT)[sex].T
    columns: dict[str, Floats] = {"height": rng.normal(middle, spread)}
    half = rng.random(len(chosen)) < 0.5
    for name, (women, men, differ) in _BODY.items():
        smallest, step = np.where(sex[:, None] == 0, women, men).T
        columns[name] = np.where(half, rng.normal(smallest + step * size, differ), np.nan)
    actors = world.seller(drawn.people.store[chosen], rng.integers(0, 1000, len(chosen)))
    moments = drawn.registered[chosen].tolist()
    for name, values in columns.items():
        for nth in np.flatnonzero(~np.isnan(values)).tolist():
            value = f"{values[nth]:.0f}"
            told.add(int(chosen[nth]), name, value, moments[nth], sure=90, actor=actors[nth])


def taggings(drawn: Stretch, world: World) -> tuple[Ints, list[str]]:
    """Whom colleagues tagged and with what (the tag's slug): what the person shows, or one word at random."""
    rng = stream(world.seed, "tags", drawn.people.first)
    people, words = drawn.people, load("people")["tags"]
    tagged = rng.random(len(people)) < TAGGED
    found: list[tuple[Ints, str]] = []
    for slug, word in words.items():
        shows = [getattr(people, column) == word[key] for key, column in _SHOWN.items() if key in word]
        fits = np.logical_and.reduce(shows) if shows else np.ones(len(people), dtype=bool)
        share = 0.35 if shows else 0.12
        found.append((np.flatnonzero(tagged & fits & (rng.random(len(people)) < share)), slug))
    return np.concatenate([who for who, _ in found]), [slug for who, slug in found for _ in range(len(who))]


_SHOWN = {"tier": "tier", "size": "size", "child": "has_child"}

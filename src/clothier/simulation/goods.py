"""The demo chain's goods: six hundred styles composed from blueprints, their variants, and the stock in the stores."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from clothier.catalog.contracts import CategoryFacts, ColourFacts, StyleFacts, VariantFacts
from clothier.simulation.contents import load
from clothier.simulation.draws import stream

# When a season's goods reach the stores: month and day, and how long they stay on sale.
LAUNCH = {"spring": (2, 10), "summer": (4, 20), "autumn": (8, 10), "winter": (10, 10), "all": (3, 1)}
ALL = 600
_GENDER_DIGIT = {"women": 2, "men": 3, "kids": 5, "unisex": 8}


@dataclass(frozen=True, slots=True)
class Piece:
    """One composed garment before it gets its number."""

    blueprint: dict[str, Any]
    fabric: list[Any]
    feature: list[str]
    noun: list[str]


def categories() -> list[CategoryFacts]:
    return [
        CategoryFacts(code, entry["name"], entry["en"], silhouette=code)
        for code, entry in load("styles")["categories"].items()
    ]


def colours() -> list[ColourFacts]:
    return [ColourFacts(code, *entry) for code, entry in load("colours").items()]


def styles(*, seed: int, today: date, limit: int = ALL) -> list[StyleFacts]:
    """The styles of the demo chain, listed over the two years up to today; the same for the same seed and day.

    A smaller chain carries so many of them, spread evenly over all kinds of goods.
    """
    made = _all(seed, today)
    return made if limit >= len(made) else [made[i * len(made) // limit] for i in range(limit)]


def _all(seed: int, today: date) -> list[StyleFacts]:
    content = load("styles")
    made = [_pinned(entry, today) for entry in content["pinned"]]
    taken = {style.code for style in made} | {style.name for style in made}
    numbers = {key: _numbers(key, seed, taken) for key in _letters(content)}
    for blueprint in content["blueprints"]:
        rng = stream(seed, "styles", blueprint["category"], blueprint["gender"])
        letter = content["categories"][blueprint["category"]]["letter"]
        for piece in _pieces(blueprint, rng, taken):
            code = next(numbers[letter, blueprint["gender"]])
            made.append(_style(code, piece, rng, today))
    return made


def _letters(content: dict[str, Any]) -> set[tuple[str, str]]:
    return {(content["categories"][b["category"]]["letter"], b["gender"]) for b in content["blueprints"]}


def _numbers(key: tuple[str, str], seed: int, taken: set[str]) -> Iterator[str]:
    """Style numbers as a chain gives them: a letter, the people, and a running number with gaps."""
    letter, gender = key
    number = 0
    for gap in stream(seed, "numbers", *key).integers(1, 4, size=500):
        number += int(gap)
        code = f"{letter}{_GENDER_DIGIT[gender]}{number:03d}"
        if code not in taken:
            yield code


def _pieces(blueprint: dict[str, Any], rng: np.random.Generator, taken: set[str]) -> Iterator[Piece]:
    """Different combinations of fabric, cut and noun, in a shuffled order, names never twice in the chain."""
    combinations = list(itertools.product(blueprint["fabrics"], blueprint["features"], blueprint["nouns"]))
    found = 0
    for index in rng.permutation(len(combinations)):
        fabric, feature, noun = combinations[index]
        name = _name(fabric, feature, noun)
        if name in taken or _clumsy(feature[0], noun[0]):
            continue
        taken.add(name)
        yield Piece(blueprint, fabric, feature, noun)
        found += 1
        if found == blueprint["count"]:
            return


def _name(fabric: list[Any], feature: list[str], noun: list[str]) -> str:
    return f"{fabric[0]}{feature[0]}{noun[0]}"


def _clumsy(feature: str, noun: str) -> bool:
    """A cut that says the opposite of its noun, or says it twice."""
    return (feature == "短款" and noun.startswith(("长", "短", "中长"))) or feature[:2] in noun


def _style(code: str, piece: Piece, rng: np.random.Generator, today: date) -> StyleFacts:
    blueprint, fabric = piece.blueprint, piece.fabric
    category = load("styles")["categories"][blueprint["category"]]
    season = blueprint["seasons"][int(rng.integers(len(blueprint["seasons"])))]
    listed = _listed(season, today, years_back=int(rng.integers(0, 2)))
    low, high = blueprint["price"]
    price = _price((low + (high - low) * rng.beta(1.6, 2.6)) * fabric[3])
    palette = list(rng.permutation(blueprint["colours"])[: int(rng.integers(2, 5))])
    return StyleFacts(
        code=code,
        name=_name(fabric, piece.feature, piece.noun),
        name_en=f"{fabric[1]} {piece.feature[1]} {piece.noun[1]}",
        category=blueprint["category"],
        price_fen=price * 100,
        cost_fen=round(price * (blueprint["cost"] + rng.uniform(-0.03, 0.03))) * 100,
        tags=tuple(category["tags"]),
        season=season,
        year=listed.year,
        listed_on=listed,
        fabric=fabric[2],
        **_common(blueprint["category"], blueprint["gender"], blueprint["care"], fabric[2]),
        variants=_variants(code, palette, load("styles")["sizes"][blueprint["sizes"]]),
    )


def _pinned(entry: dict[str, Any], today: date) -> StyleFacts:
    listed = _listed(entry["season"], today, years_back=0)
    return StyleFacts(
        code=entry["code"],
        name=entry["name"],
        name_en=entry["en"],
        category=entry["category"],
        price_fen=entry["price"] * 100,
        cost_fen=round(entry["price"] * entry["cost"]) * 100,
        tags=tuple(entry["tags"]),
        season=entry["season"],
        year=listed.year,
        listed_on=listed,
        fabric=entry["fabric"],
        **_common(entry["category"], entry["gender"], entry["care"], entry["fabric"]),
        variants=_variants(entry["code"], entry["colours"], load("styles")["sizes"][entry["sizes"]]),
    )


def _common(category: str, gender: str, care: str, fabric: dict[str, int]) -> dict[str, Any]:
    content = load("styles")
    main = max(fabric, key=lambda fibre: fabric[fibre])
    wearing, cloth = content["wearing_notes"][category], content["fabric_notes"][main]
    return {
        "brand": content["brand"],
        "line": content["lines"][gender],
        "gender": gender,
        "care": tuple(content["care"][care]),
        "description": wearing[0] + cloth[0],
        "description_en": f"{wearing[1]} {cloth[1]}",
    }


def _listed(season: str, today: date, *, years_back: int) -> date:
    """The latest launch of that season that is over, or one a year before it."""
    month, day = LAUNCH[season]
    launch = date(today.year, month, day)
    if launch > today - timedelta(days=3):
        launch = launch.replace(year=today.year - 1)
    return launch.replace(year=launch.year - years_back)


def _price(yuan: float) -> int:
    """A price as it is printed: 159, 399, 1299."""
    step = 10 if yuan < 200 else 100 if yuan >= 500 else 50
    return max(round(yuan / step), 1) * step - 1


def _variants(code: str, palette: list[str], sizes: list[str]) -> tuple[VariantFacts, ...]:
    return tuple(
        VariantFacts(colour=str(colour), size=size, barcode=_barcode(code, c, s))
        for c, colour in enumerate(palette)
        for s, size in enumerate(sizes)
    )


def _barcode(code: str, colour: int, size: int) -> str:
    """An EAN-13 of the range 200–299, which the standard leaves to shops for their own use."""
    body = f"2{ord(code[0]) % 100:02d}{code[1:]:>05}{colour}{size:02d}0"[:12]
    odd, even = sum(int(d) for d in body[::2]), sum(int(d) for d in body[1::2])
    return f"{body}{-(odd + 3 * even) % 10}"

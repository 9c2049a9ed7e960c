"""Words that catalogues use for people, seasons and colours, as the house says them."""

import re

_GENDERS = {
    "women": "women female ladies girls woman w f 女 女装 女士 女款",
    "men": "men male gents man m 男 男装 男士 男款",
    "kids": "kids boys children child baby 童 童装 儿童",
}
_SEASONS = {
    "spring": "spring 春 春季",
    "summer": "summer 夏 夏季",
    "autumn": "autumn fall 秋 秋季",
    "winter": "winter 冬 冬季",
}
_NOT_WORD = re.compile(r"[^\w]+")


def gender_of(text: str) -> str:
    """women, men, kids, or unisex for everything else."""
    return _find(_GENDERS, text, "unisex")


def season_of(text: str) -> str:
    """spring, summer, autumn, winter, or all for everything else."""
    return _find(_SEASONS, text, "all")


def slug(text: str, longest: int = 20) -> str:
    """A code for a name: lower case, words joined by hyphens; Chinese stays Chinese."""
    return _NOT_WORD.sub("-", text.strip().lower()).strip("-")[:longest]


def _find(words: dict[str, str], text: str, otherwise: str) -> str:
    word = text.strip().lower()
    return next((name for name, known in words.items() if word in known.split()), otherwise)

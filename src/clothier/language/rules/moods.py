"""How a message sounds: a lexicon of our own, with negation, intensity, punctuation and signs.

Weights are judgements written beside the words in `data/moods.yaml`; they are not fitted to anybody's reviews.
"""

import math
import re
from functools import cache
from typing import NamedTuple

from clothier.language.contracts import Mood
from clothier.language.rules.lexicon import load
from clothier.language.rules.normalising import normalise

SHOUTED = re.compile(r"[!！?？]{2,}|[！!]{1}.*[！!]")
BEFORE = 4  # how many characters before a word may turn it round or make it stronger


class Feeling(NamedTuple):
    anger: float
    negative: float


class Lexicon(NamedTuple):
    pattern: re.Pattern[str]
    feelings: dict[str, Feeling]
    turning: re.Pattern[str]
    strong: re.Pattern[str]


@cache
def _lexicon() -> Lexicon:
    data = load("moods")
    feelings = {
        word: Feeling(group["anger"], group["negative"])
        for group in data["groups"]
        for line in group["words"]
        for word in _parts(line)
    }
    ordered = sorted(feelings, key=len, reverse=True)
    return Lexicon(_either(ordered), feelings, _either(data["turning"], end=True), _either(data["strong"]))


def _parts(line: str) -> list[str]:
    return [part.replace("_", " ") for part in line.split()]


def _either(forms: list[str], *, end: bool = False) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, forms)) + ")" + ("$" if end else ""))


def mood(text: str) -> Mood:
    """Anger and negativity of a message, each 0 to 1; 0.5 and more means yes."""
    known, plain = _lexicon(), normalise(text)
    anger = negative = 0.0
    for match in known.pattern.finditer(plain):
        feeling = known.feelings[match[0]]
        before = plain[max(0, match.start() - BEFORE) : match.start()]
        turned = -0.5 if known.turning.search(before) else 1.0
        weight = turned * (1.5 if known.strong.search(before) else 1.0)
        anger += feeling.anger * max(weight, 0.0)
        negative += feeling.negative * weight
    loud = bool(SHOUTED.search(plain))
    return Mood(
        _squashed(anger * (1.4 if loud else 1.0)), _squashed(negative + (0.2 if loud and negative > 0 else 0.0))
    )


def _squashed(sum_: float) -> float:
    """0 for nothing said, 0.5 for one plain word (weight 1), near 1 for several."""
    return round(1 - math.exp(-0.6931 * max(sum_, 0.0)), 3)

"""What a sentence of the trade is about, whatever words it takes: 邮费, 快递费 and "shipping fee" are one concept."""

import re
from functools import cache

from clothier.language.rules.lexicon import load
from clothier.language.rules.normalising import normalise

LATIN = re.compile(r"[a-z0-9]")
ASKING = re.compile(r"(?<=[\u4e00-\u9fff])[不么](?=[?。!,;]|$)")
# A single character is a weaker sign than a word, a phrase a stronger one.
WEIGHTS = {1: 0.35, 2: 1.0}
PHRASE = 1.25

Concepts = dict[int, float]


@cache
def _colloquial() -> tuple[re.Pattern[str], dict[str, str]]:
    said: dict[str, str] = load("colloquial")
    return re.compile("|".join(map(re.escape, sorted(said, key=len, reverse=True)))), said


def plain(text: str) -> str:
    """A normalised sentence in standard words: 啥时候 → 什么时候, 好看不 → 好看吗."""
    pattern, said = _colloquial()
    return ASKING.sub("吗", pattern.sub(lambda match: said[match[0]], normalise(text)))


@cache
def _lexicon() -> tuple[dict[str, tuple[int, ...]], int]:
    """Which concepts each word belongs to, and the length of the longest word."""
    found: dict[str, set[int]] = {}
    for concept, line in enumerate(load("concepts")):
        for word in line.split():
            found.setdefault(word.replace("_", " "), set()).add(concept)
    return {word: tuple(concepts) for word, concepts in found.items()}, max(map(len, found))


def count() -> int:
    """How many concepts there are."""
    return len(load("concepts"))


def concepts(text: str) -> Concepts:
    """The concepts of a plain sentence with their weights; a word inside a longer word says nothing by itself."""
    found: Concepts = {}
    reached = 0
    for start in range(len(text)):
        end = _longest(text, start)
        if end > reached:
            reached = end
            weight = 1.0 if LATIN.match(text, start) else WEIGHTS.get(end - start, PHRASE)
            for concept in _lexicon()[0][text[start:end]]:
                found[concept] = max(found.get(concept, 0.0), weight)
    return found


def _longest(text: str, start: int) -> int:
    """Where the longest known word that begins here ends; 0 for none. Latin words count whole."""
    known, longest = _lexicon()
    if start and LATIN.match(text, start) and LATIN.match(text, start - 1):
        return 0
    for end in range(min(len(text), start + longest), start, -1):
        if text[start:end] in known and not (LATIN.match(text, end - 1) and LATIN.match(text, end)):
            return end
    return 0

"""Five views of how near a question is to each group of sentences, as matrices made once and asked with products."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

import numpy as np
import numpy.typing as npt

from clothier.language.retrieval import concepts
from clothier.language.retrieval.bigrams import Bigrams, terms
from clothier.language.retrieval.encoding import Vectors, direction, remembered

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that mean the same matter, plain, and more text that belongs to it."""

    forms: tuple[str, ...]
    more: str = ""

    @property
    def whole(self) -> str:
        return " ".join((*(form for form in self.forms if not form.isascii()), self.more)).strip() or self.forms[0]


@dataclass(frozen=True, slots=True)
class Seen:
    """A question from each side, a figure a group: its nearest sentence, all of them, the whole, pairs, concepts."""

    nearest: Scores
    mean: Scores
    whole: Scores
    pairs: Scores
    concepts: Scores


class Views:
    def __init__(self, vectors: Vectors, starts: list[int], wholes: Vectors, bigrams: Bigrams, profile: Scores) -> None:
        self._vectors, self._starts, self._wholes = vectors, starts, wholes
        self._means = np.add.reduceat(vectors, starts) / np.diff([*starts, len(vectors)])[:, None]
        self._bigrams, self._profile = bigrams, profile

    @classmethod
    def build(cls, groups: Sequence[Group]) -> Self:
        """At least one group, each with a form."""
        return cls(
            remembered([form for group in groups for form in group.forms]),
            [0, *accumulate(len(group.forms) for group in groups[:-1])],
            remembered([group.whole for group in groups]),
            Bigrams([terms(" ".join(group.forms)) for group in groups]),
            _profile(groups),
        )

    def see(self, question: str) -> Seen:
        """A plain question seen from each side."""
        vector = direction(question)
        asked = np.zeros(concepts.count())
        for concept, weight in concepts.concepts(question).items():
            asked[concept] = weight
        return Seen(
            nearest=np.maximum.reduceat(self._vectors @ vector, self._starts).astype(float),
            mean=(self._means @ vector).astype(float),
            whole=(self._wholes @ vector).astype(float),
            pairs=self._bigrams.scores(terms(question)).astype(float),
            concepts=self._profile @ asked,
        )


def _profile(groups: Sequence[Group]) -> Scores:
    """Groups × concepts: how much a group is about each, heavier where few groups are."""
    found = np.zeros((len(groups), concepts.count()))
    for row, group in enumerate(groups):
        for form in group.forms:
            for concept, weight in concepts.concepts(form).items():
                found[row, concept] += weight
    having = (found > 0).sum(axis=0)
    rarity = np.log(1 + (len(groups) - having + 0.5) / (having + 0.5))
    profile: Scores = found / (found + 1.0) * rarity
    return profile

"""How near a question is to each group of sentences, and how like what is answered: matrices made once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from clothier.language.retrieval import concepts
from clothier.language.retrieval.bigrams import Bigrams, terms
from clothier.language.retrieval.encoding import direction, remembered
from clothier.language.retrieval.leaning import Leaning
from clothier.language.rules.segmenting import words

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
    """A question from each side, a figure a group: its nearest sentence, all of them, the whole, pairs, concepts.

    Of the question itself: which way it leans, and how many of how many words stand in no answered group.
    """

    nearest: Scores
    mean: Scores
    whole: Scores
    pairs: Scores
    concepts: Scores
    leaning: float
    strange: int
    words: int


class Views:
    def __init__(self, groups: Sequence[Group], answered: int) -> None:
        """The first `answered` groups are answers; there are others."""
        self._starts = [0, *accumulate(len(group.forms) for group in groups)]
        self._vectors = remembered([form for group in groups for form in group.forms])
        self._means = np.add.reduceat(self._vectors, self._starts[:-1]) / np.diff(self._starts)[:, None]
        self._wholes = remembered([group.whole for group in groups])
        self._bigrams = Bigrams([terms(" ".join(group.forms)) for group in groups])
        self._profile = _profile(groups)
        self._leaning = Leaning(self._vectors, self._starts[answered])
        self._known = {word for group in groups[:answered] for word in words(" ".join((*group.forms, group.more)))}

    def see(self, question: str) -> Seen:
        """A plain question seen from each side."""
        vector = direction(question)
        asked = np.zeros(concepts.count())
        for concept, weight in concepts.concepts(question).items():
            asked[concept] = weight
        nearness, said = self._vectors @ vector, words(question)
        return Seen(
            nearest=np.maximum.reduceat(nearness, self._starts[:-1]).astype(float),
            mean=(self._means @ vector).astype(float),
            whole=(self._wholes @ vector).astype(float),
            pairs=self._bigrams.scores(terms(question)).astype(float),
            concepts=self._profile @ asked,
            leaning=self._leaning.of(nearness),
            strange=sum(len(word) > 1 and word not in self._known for word in said),
            words=len(said),
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

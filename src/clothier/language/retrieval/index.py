"""Questions against what can be answered: two views of nearness in one score, and a verdict that knows its limits."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from clothier.language.contracts import Candidate, Entry, Ranking, Verdict
from clothier.language.retrieval.bigrams import Bigrams, terms
from clothier.language.retrieval.encoding import Vectors, encode
from clothier.language.rules.normalising import normalise

SHOWN = 5
NOTHING = Ranking((), 0.0, Verdict.NONE)


class Index:
    """Built from entries, asked with sentences. Immutable: threads may share it; `build` again when entries change."""

    def __init__(self, keys: tuple[str, ...], vectors: Vectors, owners: np.ndarray, bigrams: Bigrams) -> None:
        self._keys, self._vectors, self._owners, self._bigrams = keys, vectors, owners, bigrams

    @classmethod
    def build(cls, entries: Sequence[Entry]) -> Self:
        """Two milliseconds a question or variant, nearly all of it for the encoder."""
        forms = [
            (at, normalise(form)) for at, entry in enumerate(entries) for form in (entry.question, *entry.variants)
        ]
        return cls(
            tuple(entry.key for entry in entries),
            encode([form for _, form in forms]),
            np.array([at for at, _ in forms], np.int64),
            Bigrams([terms(normalise(" ".join((entry.question, *entry.variants, entry.answer)))) for entry in entries]),
        )

    def ask(self, text: str) -> Ranking:
        """The entries that may answer `text`, best first. An empty question has no answer."""
        asked = normalise(text)
        if not self._keys or not asked.strip():
            return NOTHING
        near = np.full(len(self._keys), -1.0)
        np.maximum.at(near, self._owners, self._vectors @ encode([asked])[0])
        shared = self._bigrams.scores(terms(asked))
        fused = near + 0.02 * shared
        order = np.argsort(-fused)[:SHOWN]
        margin = float(fused[order[0]] - fused[order[1]]) if len(order) > 1 else float(fused[order[0]])
        best = float(fused[order[0]])
        verdict = Verdict.SURE if best > 0.8 and margin > 0.1 else Verdict.CANDIDATES if best > 0.5 else Verdict.NONE
        return Ranking(tuple(Candidate(self._keys[at], float(fused[at])) for at in order), margin, verdict)

"""BM25 over pairs of neighbouring characters: what two sentences literally share."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float32]

K1, B = 1.2, 0.6
LATIN = re.compile(r"[a-z]+|\d+")
HAN = re.compile(r"[\u3400-\u9fff]+")


def terms(text: str) -> Counter[str]:
    """Pairs of Chinese characters (and each alone, for words of one), Latin words and numbers of a normalised text."""
    found = Counter(LATIN.findall(text))
    for run in HAN.findall(text):
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


class Bigrams:
    """An index over documents; rows of weights per term, so a question costs a few additions."""

    def __init__(self, documents: Sequence[Counter[str]]) -> None:
        self.size = len(documents)
        lengths = np.array([sum(document.values()) for document in documents], np.float32)
        mean = float(lengths.mean()) if self.size else 1.0
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for at, document in enumerate(documents):
            for term, count in document.items():
                rows, counts = postings.setdefault(term, ([], []))
                rows.append(at)
                counts.append(count)
        norm = K1 * (1 - B + B * lengths / max(mean, 1e-6))
        self.postings = {
            term: (np.array(rows), self._weights(np.array(rows), np.array(counts, np.float32), norm))
            for term, (rows, counts) in postings.items()
        }

    def _weights(self, rows: npt.NDArray[np.int64], counts: Weights, norm: Weights) -> Weights:
        rarity = np.log(1 + (self.size - len(rows) + 0.5) / (len(rows) + 0.5))
        weights: Weights = (rarity * counts * (K1 + 1) / (counts + norm[rows])).astype(np.float32)
        return weights

    def scores(self, question: Counter[str]) -> Weights:
        """How much of the question each document shares; a single character counts a quarter of a pair."""
        total = np.zeros(self.size, np.float32)
        for term in question:
            if term in self.postings:
                rows, weights = self.postings[term]
                total[rows] += weights if len(term) > 1 else 0.25 * weights
        return total

"""From views to one score, and from scores to how sure to be."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clothier.language.retrieval.views import Scores, Seen
from clothier.language.rules.lexicon import load

# How much each view counts, all in standard deviations over the groups. Round numbers, chosen between what the
# articles' own variants (left out one at a time) and colloquial questions ask for; the result hardly depends on them.
NEAREST, MEAN, WHOLE, PAIRS, CONCEPTS = 0.6, 0.5, 0.8, 0.3, 0.5


def fused(seen: Seen) -> Scores:
    return (
        NEAREST * _standard(seen.nearest)
        + MEAN * _standard(seen.mean)
        + WHOLE * _standard(seen.whole)
        + PAIRS * _standard(seen.pairs)
        + CONCEPTS * _standard(seen.concepts)
    )


def _standard(values: Scores) -> Scores:
    standard: Scores = (values - values.mean()) / (values.std() + 1e-6)
    return standard


Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Entries best first, their shares, and two probabilities: that the first is right, that any entry answers."""

    order: Ints
    shares: Scores
    margin: float
    right: float
    known: float


def judge(seen: Seen, entries: int) -> Judged:
    """The first `entries` groups are answers, the rest is what people ask elsewhere."""
    scores = fused(seen)
    order = np.argsort(-scores[:entries], kind="stable")
    exponents = np.exp(scores - scores.max())
    shares = exponents[:entries] / exponents.sum()
    values = signs(seen, scores, entries, int(order[0]))
    margin = float(scores[order[0]] - scores[order[1]]) if entries > 1 else float(values[1] * 2)
    weights = load("judgement")
    return Judged(order, shares, margin, _chance(values, weights["right"]), _chance(values, weights["known"]))


def signs(seen: Seen, scores: Scores, entries: int, first: int) -> Scores:
    """What speaks for the first: height, lead over the second and over elsewhere, share, nearness, concepts, accord.

    And for being answered at all: which way the question leans, and how few of its words no article has.
    """
    others = np.delete(scores[:entries], first)
    ahead = scores[first] - (others.max() if len(others) else scores.min())
    elsewhere = scores[first] - scores[entries:].max()
    share = 1 / np.exp(np.clip(scores - scores[first], -50, 50)).sum()
    accord = sum(int(np.argmax(view[:entries])) == first for view in (seen.nearest, seen.whole, seen.concepts))
    return np.array(
        [
            scores[first] / 5,
            min(ahead, 4.0) / 2,
            np.clip(elsewhere, -4, 6) / 3,
            share,
            seen.nearest[first],
            min(seen.concepts[first], 8.0) / 8,
            accord / 3,
            seen.leaning,
            seen.strange / max(seen.words, 1),
            min(seen.strange, 6) / 3,
        ]
    )


def _chance(values: Scores, weights: list[float]) -> float:
    return float(1 / (1 + np.exp(-(weights[0] + values @ np.array(weights[1:])))))

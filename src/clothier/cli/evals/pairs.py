"""Whether two questions mean the same: accuracy on public pairs, every fold judged by weights fitted on the others.

Nothing fitted here is kept: it measures what the encoder and the literal overlap can tell apart.
"""

import csv
import gzip
import re
from collections import Counter
from difflib import SequenceMatcher
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from clothier.language.services import encode, normalise, words

FOLDS = 5
RIDGE = 1e-3
SETS = {"LCQMC": "question_pairs_zh_lcqmc.csv.gz", "BQ": "question_pairs_zh_bq_corpus.csv.gz"}
SIGN = re.compile(r"[^\w]")

Floats = npt.NDArray[np.float64]


def same_meaning(data: Path) -> list[dict[str, Any]]:
    """Accuracy on each set of pairs that lies under `data`; none for a set that does not."""
    found = []
    for name, file in SETS.items():
        if (data / file).exists():
            pairs, same = _read(data / file)
            accuracy = _cross_validated(_features(pairs), same)
            found.append({"name": f"{name}: same meaning, {FOLDS} folds", "value": round(accuracy, 3), "unit": ""})
    return found


def _read(path: Path) -> tuple[list[tuple[str, str]], Floats]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(normalise(row["a"]), normalise(row["b"])) for row in rows], np.array([float(row["same"]) for row in rows])


def _features(pairs: list[tuple[str, str]]) -> Floats:
    """Overlap and its products, and how the two directions differ and agree in each of their dimensions."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    rows = {text: at for at, text in enumerate(texts)}
    vectors = encode(texts)
    one, other = (vectors[[rows[pair[side]] for pair in pairs]] for side in (0, 1))
    cut = {text: words(text) for text in texts}
    having = Counter(word for text in texts for word in set(cut[text]))
    rarity = {word: log(len(texts) / count) for word, count in having.items()}
    literal = np.array([_overlap(a, b, cut, rarity) for a, b in pairs])
    near = _scaled(np.column_stack([(one * other).sum(axis=1), literal]))
    products = [near[:, left] * near[:, right] for left in range(near.shape[1]) for right in range(left, near.shape[1])]
    dimensions = _scaled(np.column_stack([np.abs(one - other), one * other])) / 8
    return np.column_stack([np.ones(len(pairs)), near, *products, dimensions])


def _scaled(values: Floats) -> Floats:
    scaled: Floats = (values - values.mean(axis=0)) / (values.std(axis=0) + 1e-9)
    return scaled


def _overlap(a: str, b: str, cut: dict[str, list[str]], rarity: dict[str, float]) -> tuple[float, ...]:
    bare, other = SIGN.sub("", a), SIGN.sub("", b)
    mine, yours = set(cut[a]), set(cut[b])
    shared = sum(rarity[word] for word in mine & yours)
    left, right = (sum(rarity[word] for word in extra) for extra in (mine - yours, yours - mine))
    return (
        _dice(Counter(bare), Counter(other)),
        _dice(_pairs(bare), _pairs(other)),
        SequenceMatcher(None, bare, other, autojunk=False).ratio(),
        shared,
        min(left, right),
        max(left, right),
        shared / (shared + left + right + 1e-6),
        max((rarity[word] for word in mine ^ yours), default=0.0),
        abs(len(bare) - len(other)),
        min(len(bare), len(other)),
        float(re.findall(r"\d+", a) == re.findall(r"\d+", b)),
    )


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _cross_validated(features: Floats, same: Floats) -> float:
    fold = np.random.default_rng(1).integers(0, FOLDS, len(same))
    right = 0
    for held in range(FOLDS):
        weights = fit(features[fold != held], same[fold != held])
        right += int(((features[fold == held] @ weights > 0) == (same[fold == held] > 0)).sum())
    return right / len(same)


def fit(features: Floats, yes: Floats, counts: Floats | None = None) -> Floats:
    """Logistic regression with a ridge; the first column is the constant. `counts` weighs the rows."""
    weight = counts if counts is not None else np.ones(len(yes))
    total = weight.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        reach = features @ weights
        value = (weight * np.logaddexp(0, -(2 * yes - 1) * reach)).sum() / total + RIDGE * (weights[1:] @ weights[1:])
        slope = features.T @ (weight * (1 / (1 + np.exp(-reach)) - yes)) / total
        return float(value), slope + 2 * RIDGE * np.concatenate([[0.0], weights[1:]])

    found: Floats = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return found

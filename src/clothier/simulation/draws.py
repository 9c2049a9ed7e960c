"""Chance that repeats: a stream of random numbers for each name, so that adding one never shifts another."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def stream(seed: int, *name: str | int) -> np.random.Generator:
    """The same numbers for the same seed and name, on every machine."""
    return np.random.default_rng([seed, zlib.crc32(":".join(map(str, name)).encode())])


def weighted(rng: np.random.Generator, weights: Sequence[float] | Floats, n: int) -> Ints:
    """`n` indexes drawn in proportion to the weights; linear in n, however many weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    found: Ints = np.searchsorted(edges, rng.random(n) * edges[-1], side="right").astype(np.int64)
    return found


def pick(rng: np.random.Generator, items: Sequence[Any]) -> Any:
    return items[int(rng.integers(len(items)))]

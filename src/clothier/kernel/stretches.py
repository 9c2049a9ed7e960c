"""Going through a great table by its keys, a stretch at a time: all of it, or a sample that differs every time."""

import random
from collections.abc import Callable, Iterator

Stretch = tuple[int, int]
# Given the highest key, the stretches to look at: from the first key to before the second.
Look = Callable[[int], Iterator[Stretch]]
LENGTH = 1_000
SAMPLES = 50


def every(top: int) -> Iterator[Stretch]:
    """All keys from 1 to `top`."""
    for low in range(1, top + 1, LENGTH):
        yield low, low + LENGTH


def sample(top: int, shift: float | None = None) -> Iterator[Stretch]:
    """All keys of a small table; of a greater one SAMPLES stretches, each `shift` (0–1, by chance) of the way to the
    next.
    """
    step = max(LENGTH, top // SAMPLES)
    start = 1 + int((random.random() if shift is None else shift) * (step - LENGTH))  # noqa: S311 - no secret
    for low in range(start, top + 1, step):
        yield low, low + LENGTH

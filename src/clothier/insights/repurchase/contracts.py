"""What the models of repeat purchase take and give."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class FitFailed(ValueError):
    """The histories cannot carry a model; the message says why."""


@dataclass(frozen=True, slots=True)
class Histories:
    """Many customers in three columns: repeat purchases, time of the last one and age, counted from the first."""

    frequency: Floats
    recency: Floats
    age: Floats


@dataclass(frozen=True, slots=True)
class Spend:
    """Customers' repeat purchases and what one of them cost on average."""

    frequency: Floats
    mean: Floats


@dataclass(frozen=True, slots=True)
class Grouped:
    """Histories told once each, and how many customers share one: those who came but once share very few."""

    histories: Histories
    times: Floats


def grouped(h: Histories) -> Grouped:
    order = np.lexsort((h.age, h.recency, h.frequency))
    rows = [column[order] for column in (h.frequency, h.recency, h.age)]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in rows])
    starts = np.flatnonzero(fresh)
    times = np.diff(np.append(starts, len(order))).astype(np.float64)
    return Grouped(Histories(*(column[starts] for column in rows)), times)

"""What the models of repeat purchase take and give."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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

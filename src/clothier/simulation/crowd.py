"""The demo chain's customers as columns, some thousands at a time: a million of them are never a million objects."""

from dataclasses import dataclass

import numpy as np

from clothier.simulation.draws import Floats, Ints, stream, weighted
from clothier.simulation.names import full_names

DAYS = 548  # eighteen months
WOMEN_SHARE = 0.66
# Tiers of taste: value, middle, fine; how they lean in price is goods' affair.
TIERS = (0.32, 0.48, 0.20)
_MOBILE_PREFIX = "154"  # given to no operator's phones, so that nobody's number is drawn


@dataclass(frozen=True, slots=True)
class Crowd:
    """Customers by column, from number `first` on. `joined` counts days from the start of the history; negative is
    before it.

    `pace` is visits a year, heavy-tailed; `loyal_until` the day after which somebody shops elsewhere; `birthday` the
    day of the year, from 0.
    """

    first: int
    names: list[str]
    sex: Ints
    age: Ints
    birthday: Ints
    store: Ints
    tier: Ints
    size: Ints
    joined: Ints
    joined_at: Ints
    pace: Floats
    loyal_until: Floats
    has_child: Ints

    def __len__(self) -> int:
        return len(self.names)

    def phones(self) -> list[str]:
        """They look like mobile numbers and are nobody's."""
        # Multiplying by a unit of the ring mod 10^8 scatters neighbours and never meets twice.
        numbers = (np.arange(self.first, self.first + len(self)) * 48_271_937 + 13_579_246) % 10**8
        return [f"{_MOBILE_PREFIX}{number:08d}" for number in numbers.tolist()]

    def numbers(self, prefix: str) -> list[str]:
        return [f"{prefix}{i + 1:08d}" for i in range(self.first, self.first + len(self))]


def crowd(*, seed: int, first: int, customers: int, store_weights: list[float]) -> Crowd:
    """So many customers from number `first` on, always the same for the same seed and numbers."""
    rng = stream(seed, "crowd", first)
    sex = (rng.random(customers) > WOMEN_SHARE).astype(np.int64)
    age = np.clip(rng.normal(36, 10, customers), 18, 74).astype(np.int64)
    # A third were members before the history begins; the rest joined along it.
    joined = np.where(rng.random(customers) < 0.35, -rng.integers(1, 900, customers), rng.integers(0, DAYS, customers))
    pace = rng.gamma(0.55, 9.5, customers) + 0.35
    return Crowd(
        first=first,
        names=full_names(rng, sexes=sex, ages=age),
        sex=sex,
        age=age,
        birthday=rng.integers(0, 365, customers),
        store=weighted(rng, store_weights, customers),
        tier=weighted(rng, TIERS, customers),
        size=np.clip(np.rint(rng.normal(2.0, 1.0, customers)), 0, 4).astype(np.int64),
        joined=joined.astype(np.int64),
        joined_at=rng.integers(10 * 3600, 21 * 3600, customers),
        pace=pace,
        loyal_until=np.maximum(joined, 0) + rng.exponential(900, customers),
        has_child=(rng.random(customers) < np.where((age > 27) & (age < 46), 0.42, 0.06)).astype(np.int64),
    )

"""The demo chain's customers as columns: a million of them are a few arrays, not a million objects."""

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
    """Customers by column. `joined` counts days from the start of the history; negative is before it.

    `pace` is visits a year, heavy-tailed; `loyal_until` the day after which somebody shops elsewhere.
    """

    names: list[str]
    sex: Ints
    age: Ints
    store: Ints
    tier: Ints
    size: Ints
    joined: Ints
    pace: Floats
    loyal_until: Floats
    has_child: Ints

    def __len__(self) -> int:
        return len(self.names)

    def phone(self, i: int) -> str:
        """Looks like a mobile number and is nobody's."""
        # Multiplying by a unit of the ring mod 10^8 scatters neighbours and never meets twice.
        return f"{_MOBILE_PREFIX}{(i * 48_271_937 + 13_579_246) % 10**8:08d}"

    def member_number(self, i: int) -> str:
        return f"M{i + 1:08d}"


def crowd(*, seed: int, customers: int, store_weights: list[float]) -> Crowd:
    """So many customers, the same for the same seed. The first ones stay the same people only at the same size."""
    rng = stream(seed, "crowd", customers)
    sex = (rng.random(customers) > WOMEN_SHARE).astype(np.int64)
    age = np.clip(rng.normal(36, 10, customers), 18, 74).astype(np.int64)
    # A third were members before the history begins; the rest joined along it.
    joined = np.where(rng.random(customers) < 0.35, -rng.integers(1, 900, customers), rng.integers(0, DAYS, customers))
    pace = rng.gamma(0.55, 9.5, customers) + 0.35
    return Crowd(
        names=full_names(rng, sexes=sex, ages=age),
        sex=sex,
        age=age,
        store=weighted(rng, store_weights, customers),
        tier=weighted(rng, TIERS, customers),
        size=np.clip(np.rint(rng.normal(2.0, 1.0, customers)), 0, 4).astype(np.int64),
        joined=joined.astype(np.int64),
        pace=pace,
        loyal_until=np.maximum(joined, 0) + rng.exponential(900, customers),
        has_child=(rng.random(customers) < np.where((age > 27) & (age < 46), 0.42, 0.06)).astype(np.int64),
    )

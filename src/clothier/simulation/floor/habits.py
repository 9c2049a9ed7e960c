"""How visitors and staff of the simulation behave: shares and seconds. The promises' targets are the house rules'."""

from dataclasses import dataclass

import numpy as np

from clothier.simulation.draws import Floats, Ints


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds until somebody acts: usually between `soon` and `late`, in a share of cases up to `too_late`."""

    soon: float
    late: float
    too_late: float
    share_late: float

    def draws(self, rng: np.random.Generator, lateness: Floats) -> Ints:
        """Whole seconds for many at once; each is late `lateness` times as often as is usual."""
        late = rng.random(len(lateness)) < np.minimum(self.share_late * lateness, 0.9)
        soon = rng.uniform(self.soon, self.late * 0.9, len(lateness))
        found: Ints = np.where(late, rng.uniform(self.late * 1.15, self.too_late, len(lateness)), soon).astype(np.int64)
        return found

    def draw(self, rng: np.random.Generator) -> float:
        if rng.random() < self.share_late:
            return float(rng.uniform(self.late * 1.15, self.too_late))
        return float(rng.uniform(self.soon, self.late * 0.9))


@dataclass(frozen=True, slots=True)
class Habits:
    greet: Pace = Pace(2, 10, 26, 0.07)
    never_greeted: float = 0.015
    browse: Pace = Pace(15, 80, 150, 0.2)
    only_looking: float = 0.35
    approach: Pace = Pace(4, 30, 80, 0.09)
    understand: Pace = Pace(25, 110, 170, 0.08)
    propose: Pace = Pace(12, 60, 120, 0.06)
    fits: float = 0.55
    try_on: Pace = Pace(50, 150, 240, 0.2)
    rings: float = 0.3
    answer: Pace = Pace(8, 60, 150, 0.10)
    keeps: float = 0.4
    buys_untried: float = 0.12
    pay: Pace = Pace(40, 120, 180, 0.1)
    farewell: Pace = Pace(5, 30, 60, 0.1)
    note: Pace = Pace(60, 900, 5400, 0.1)
    rates: float = 0.4
    no_note: float = 0.05
    aid: float = 0.08
    member: float = 0.6


# A person signed in at the shop is quicker than the simulated colleagues, who leave them most of each target.
CONSIDERATE = Habits(greet=Pace(8.3, 10.5, 14, 0.1), approach=Pace(24, 32, 45, 0.1), answer=Pace(40, 62, 90, 0.1))

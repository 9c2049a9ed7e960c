"""Both models of a population together: how often people will buy, and for how much."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from clothier.insights.repurchase import bgnbd, gammagamma
from clothier.insights.repurchase.bgnbd import BgNbd
from clothier.insights.repurchase.contracts import Floats, Histories, Ints, Spend
from clothier.insights.repurchase.gammagamma import GammaGamma
from clothier.insights.repurchase.summary import DAYS_PER_WEEK, Summary

# More to learn from changes parameters in the third digit and costs seconds.
LEARNED_FROM = 100_000
QUARTER = 90 / DAYS_PER_WEEK
YEAR = 52.0


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of customers: purchases within 90 days, being a customer still, fen spent within 52 weeks."""

    purchases: Floats
    alive: Floats
    value_fen: Ints


@dataclass(frozen=True, slots=True)
class Outlook:
    purchases: BgNbd
    spend: GammaGamma

    def of(self, known: Summary) -> Expected:
        """Rounded as they are kept, so that every engine says the same."""
        year = self.purchases.expected_purchases(known.histories, within=YEAR)
        return Expected(
            np.round(self.purchases.expected_purchases(known.histories, within=QUARTER), 4),
            np.round(self.purchases.probability_alive(known.histories), 4),
            np.rint(year * self.spend.expected_spend(known.spend)).astype(np.int64),
        )


def learn(known: Summary) -> Outlook:
    """Fit both models. Raises FitFailed."""
    return Outlook(bgnbd.fit(known.histories), gammagamma.fit(known.spend))


def step(buyers: int) -> int:
    """Every which customer to learn from, by number."""
    return max(1, math.ceil(buyers / LEARNED_FROM))


def summary_of(rows: Iterable[Sequence[tuple[Any, ...]]]) -> Summary:
    """Batches of rows of whole numbers (customer, repeat purchases, days to the last, days since the first, fen)."""
    # Flat on the way from the driver: an array of tuples takes twice as long to make.
    batches = [np.fromiter(chain.from_iterable(batch), dtype=np.int64, count=5 * len(batch)) for batch in rows]
    table = np.concatenate([np.empty(0, dtype=np.int64), *batches]).reshape(-1, 5).T
    return summary(*table)


def summary(customers: Ints, frequency: Ints, recency_days: Ints, age_days: Ints, repeat_fen: Ints) -> Summary:
    x = frequency.astype(np.float64)
    histories = Histories(x, recency_days / DAYS_PER_WEEK, age_days / DAYS_PER_WEEK)
    return Summary(customers, histories, Spend(x, repeat_fen / np.maximum(x, 1)))

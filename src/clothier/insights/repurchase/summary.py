"""From purchases to what the models need: frequency, recency, age, and spend per repeat purchase."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clothier.insights.repurchase.contracts import Floats, Histories, Ints, Spend

# One purchase: customer, day, spend. Several on one day are one purchase.
Purchase = tuple[int, date, float]
DAYS_PER_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Customers in rows: their numbers, histories in weeks up to a day, and spend per repeat purchase."""

    customers: Ints
    histories: Histories
    spend: Spend


def summarise(purchases: Iterable[Purchase], *, until: date) -> Summary:
    """Histories as known at the end of the day `until`, later purchases left out.

    The first purchase makes somebody a customer and counts neither as frequency nor as spend.
    """
    told = [(customer, day.toordinal(), spend) for customer, day, spend in purchases if day <= until]
    customer = np.array([row[0] for row in told], dtype=np.int64)
    day = np.array([row[1] for row in told], dtype=np.int64)
    spend = np.array([row[2] for row in told], dtype=np.float64)
    order = np.lexsort((day, customer))
    customer, day, spend = customer[order], day[order], spend[order]
    visits = _starts(customer, day)
    customer, day, spend = customer[visits], day[visits], _sums(spend, visits)
    firsts = _starts(customer)
    lasts = np.append(firsts[1:], len(customer))[: len(firsts)] - 1
    frequency = (lasts - firsts).astype(np.float64)
    repeated = _sums(spend, firsts) - spend[firsts]
    return Summary(
        customer[firsts],
        Histories(
            frequency, (day[lasts] - day[firsts]) / DAYS_PER_WEEK, (until.toordinal() - day[firsts]) / DAYS_PER_WEEK
        ),
        Spend(frequency, repeated / np.maximum(frequency, 1)),
    )


def _starts(*columns: Ints) -> NDArray[np.intp]:
    """Where a row differs from the one before it."""
    fresh = np.ones(len(columns[0]), dtype=bool)
    fresh[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(fresh)


def _sums(values: Floats, starts: NDArray[np.intp]) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else values


def repeats_between(purchases: Iterable[Purchase], *, after: date, until: date) -> dict[int, int]:
    """How many days each customer bought on after one day and up to another: what a forecast is held against."""
    counts: dict[int, set[date]] = {}
    for customer, day, _ in purchases:
        if after < day <= until:
            counts.setdefault(customer, set()).add(day)
    return {customer: len(days) for customer, days in counts.items()}

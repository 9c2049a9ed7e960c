"""From purchases to what the models need: frequency, recency, age, and spend per repeat purchase."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

import numpy as np

from clothier.insights.repurchase.contracts import Histories, Spend

# One purchase: customer, day, spend. Several on one day are one purchase.
Purchase = tuple[int, date, float]
DAYS_PER_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Customers in rows: their numbers, histories in weeks up to a day, and spend per repeat purchase."""

    customers: list[int]
    histories: Histories
    spend: Spend


def summarise(purchases: Iterable[Purchase], *, until: date) -> Summary:
    """Histories as known at the end of `until`, later purchases left out; purchases come grouped by customer.

    The first purchase makes somebody a customer and counts neither as frequency nor as spend.
    """
    rows = [
        row
        for customer, theirs in groupby(purchases, key=itemgetter(0))
        if (row := _row(customer, theirs, until)) is not None
    ]
    columns = np.array([row[1:] for row in rows], dtype=np.float64).reshape(len(rows), 4)
    frequency, recency, age, mean = columns.T
    return Summary([row[0] for row in rows], Histories(frequency, recency, age), Spend(frequency, mean))


def repeats_between(purchases: Iterable[Purchase], *, after: date, until: date) -> dict[int, int]:
    """How many days each customer bought on after one day and up to another: what a forecast is held against."""
    counts: dict[int, set[date]] = {}
    for customer, day, _ in purchases:
        if after < day <= until:
            counts.setdefault(customer, set()).add(day)
    return {customer: len(days) for customer, days in counts.items()}


def _row(customer: int, purchases: Iterable[Purchase], until: date) -> tuple[int, int, float, float, float] | None:
    spent: dict[date, float] = {}
    for _, day, amount in purchases:
        if day <= until:
            spent[day] = spent.get(day, 0.0) + amount
    if not spent:
        return None
    first, last = min(spent), max(spent)
    repeats = len(spent) - 1
    mean = (sum(spent.values()) - spent[first]) / repeats if repeats else 0.0
    return (
        customer,
        repeats,
        (last - first).days / DAYS_PER_WEEK,
        (until - first).days / DAYS_PER_WEEK,
        mean,
    )

"""How well a model fitted on the past foresees what came after: the error on purchases it never saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from clothier.insights.repurchase import bgnbd
from clothier.insights.repurchase.bgnbd import BgNbd
from clothier.insights.repurchase.summary import Purchase, Summary, repeats_between, summarise


@dataclass(frozen=True, slots=True)
class HoldOut:
    """Purchases foreseen and made in the held-out weeks, over all customers known before, and the error a customer.

    `naive_error` is that of saying everybody goes on at the rate so far: what the model has to beat.
    """

    customers: int
    weeks: float
    foreseen: float
    made: int
    mean_error: float
    root_mean_square_error: float
    naive_error: float


def hold_out(purchases: Sequence[Purchase], *, calibration_end: date, end: date) -> tuple[BgNbd, Summary, HoldOut]:
    """Fit on the purchases up to one day, foresee those up to another. Raises FitFailed."""
    known = summarise(purchases, until=calibration_end)
    model = bgnbd.fit(known.histories)
    weeks = (end - calibration_end).days / 7
    foreseen = model.expected_purchases(known.histories, within=weeks)
    later = repeats_between(purchases, after=calibration_end, until=end)
    made = np.array([later.get(customer, 0) for customer in known.customers], dtype=float)
    age = np.maximum(known.histories.age, 1.0)
    naive = known.histories.frequency / age * weeks
    return (
        model,
        known,
        HoldOut(
            customers=len(known.customers),
            weeks=weeks,
            foreseen=float(foreseen.sum()),
            made=int(made.sum()),
            mean_error=float(np.abs(foreseen - made).mean()),
            root_mean_square_error=float(np.sqrt(((foreseen - made) ** 2).mean())),
            naive_error=float(np.abs(naive - made).mean()),
        ),
    )

"""What to expect of every customer, written to the profiles."""

from datetime import date, datetime, time
from itertools import chain
from zoneinfo import ZoneInfo

import numpy as np
import structlog
from django.conf import settings

from clothier.checkout.selectors import currencies, purchase_history
from clothier.customers.contracts import Predictions
from clothier.customers.services import store_predictions
from clothier.insights.repurchase import bgnbd, gammagamma
from clothier.insights.repurchase.contracts import FitFailed, Ints, grouped
from clothier.insights.repurchase.summary import Summary, summarise_columns
from clothier.kernel import clock

log = structlog.get_logger(__name__)
QUARTER = 90 / 7
YEAR = 52.0


def predict_repurchase() -> int:
    """Fit the models on all purchases up to today and store what they expect; how many customers.

    Customers of one currency are one population. `lifetime_value_fen` is the goods expected to be bought in the coming
    52 weeks. A population that nothing can be learned from is left without predictions.
    """
    return sum(_predict(currency) for currency in currencies())


def _predict(currency: str) -> int:
    zone = ZoneInfo(settings.TIME_ZONE)
    customer, second, fen = _purchases(currency)
    if not len(customer):
        return 0
    today = clock.now().astimezone(zone).date()
    known = summarise_columns(customer, _days(second, zone, today), fen.astype(np.float64), until=today.toordinal())
    try:
        return store_predictions(_predicted(known))
    except FitFailed as failure:
        log.info("no_predictions", currency=currency, reason=str(failure))
        return 0


def _purchases(currency: str) -> tuple[Ints, Ints, Ints]:
    """Three columns. Flat on the way from the driver: an array of tuples takes twice as long to make."""
    batches = [
        np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=3 * len(rows)).reshape(-1, 3)
        for rows in purchase_history(currency=currency)
    ]
    table = np.concatenate(batches) if batches else np.empty((0, 3), dtype=np.int64)
    return table[:, 0], table[:, 1], table[:, 2]


def _days(second: Ints, zone: ZoneInfo, today: date) -> Ints:
    """The shop's day of every moment, as date's ordinal: found among the days' midnights."""
    first = datetime.fromtimestamp(int(second.min()), zone).date().toordinal()
    last = max(today, datetime.fromtimestamp(int(second.max()), zone).date()).toordinal()
    days = [date.fromordinal(number) for number in range(first, last + 1)]
    midnights = np.array([datetime.combine(day, time.min, zone).timestamp() for day in days])
    return first + np.searchsorted(midnights, second, side="right").astype(np.int64) - 1


def _predicted(known: Summary) -> Predictions:
    model = bgnbd.fit(known.histories)
    spend = gammagamma.fit(known.spend).expected_spend(known.spend)
    told = grouped(known.histories)
    quarter = model.expected_purchases(told.histories, within=QUARTER)[told.place]
    year = model.expected_purchases(told.histories, within=YEAR)[told.place]
    alive = model.probability_alive(told.histories)[told.place]
    return Predictions(
        customer_ids=known.customers.tolist(),
        expected_purchases_90d=np.round(quarter, 4).tolist(),
        p_alive=np.round(alive, 4).tolist(),
        lifetime_value_fen=np.rint(year * spend).astype(np.int64).tolist(),
    )

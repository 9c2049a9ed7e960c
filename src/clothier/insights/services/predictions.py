"""What to expect of every customer, written to the profiles."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings

from clothier.checkout.selectors import currencies, purchase_history
from clothier.customers.contracts import Prediction
from clothier.customers.services import store_predictions
from clothier.insights.repurchase import bgnbd, gammagamma
from clothier.insights.repurchase.contracts import FitFailed
from clothier.insights.repurchase.summary import Purchase, Summary, summarise
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
    today = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    known = summarise(_purchases(currency), until=today)
    try:
        return store_predictions(_predictions(known))
    except FitFailed as failure:
        log.info("no_predictions", currency=currency, reason=str(failure))
        return 0


def _purchases(currency: str) -> Iterator[Purchase]:
    zone = ZoneInfo(settings.TIME_ZONE)
    days: dict[int, date] = {}
    for customer, at, fen in purchase_history(currency=currency):
        # Working days out of moments is most of the work; purchases of one hour fall on one day.
        hour = int(at.timestamp()) // 3600
        day = days.get(hour)
        if day is None:
            day = days[hour] = at.astimezone(zone).date()
        yield customer, day, float(fen)


def _predictions(known: Summary) -> Iterator[Prediction]:
    model = bgnbd.fit(known.histories)
    quarter = model.expected_purchases(known.histories, within=QUARTER)
    year = model.expected_purchases(known.histories, within=YEAR)
    alive = model.probability_alive(known.histories)
    spend = gammagamma.fit(known.spend).expected_spend(known.spend)
    for row, customer in enumerate(known.customers):
        yield Prediction(
            customer_id=customer,
            expected_purchases_90d=round(float(quarter[row]), 4),
            p_alive=round(float(alive[row]), 4),
            lifetime_value_fen=round(float(year[row] * spend[row])),
        )

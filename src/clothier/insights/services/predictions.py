"""What to expect of every customer, written to the profiles."""

import structlog
from django.utils import timezone

from clothier.customers.contracts import Predictions
from clothier.customers.selectors import CURRENCIES, buyers_sql
from clothier.customers.services import store_predictions
from clothier.insights.engines.live import Live
from clothier.insights.repurchase.contracts import FitFailed
from clothier.insights.repurchase.outlook import Expected, summary_of
from clothier.insights.repurchase.summary import Summary
from clothier.insights.services.analytics import outlook_of
from clothier.kernel import clock, columns

BATCH = 50_000
log = structlog.get_logger(__name__)


def predict_repurchase() -> int:
    """Fit the models on what is known today and store what they expect; of how many customers.

    Customers of one currency are one population. `lifetime_value_fen` is the goods expected to be bought in the coming
    52 weeks. A population that nothing can be learned from is left without predictions.
    """
    today = timezone.localdate(clock.now()).toordinal()
    return sum(_predict(currency, today) for (currency,) in columns.read(CURRENCIES))


def _predict(currency: str, today: int) -> int:
    live = Live()
    try:
        outlook = outlook_of(live, currency, today)
    except FitFailed as failure:
        log.info("no_predictions", currency=currency, reason=str(failure))
        return 0
    done = last = 0
    while rows := live.rows(buyers_sql(currency=currency, today=today, after=last, limit=BATCH)):
        known, last = summary_of([rows]), rows[-1][0]
        done += _store(known, outlook.of(known))
    return done


def _store(known: Summary, expected: Expected) -> int:
    return store_predictions(
        Predictions(
            customer_ids=known.customers.tolist(),
            expected_purchases_90d=expected.purchases.tolist(),
            p_alive=expected.alive.tolist(),
            lifetime_value_fen=expected.value_fen.tolist(),
        )
    )

from datetime import date

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from clothier.insights.repurchase import bgnbd, gammagamma
from clothier.insights.repurchase.contracts import FitFailed, Histories, Spend, grouped
from clothier.insights.repurchase.summary import repeats_between, summarise

# The published fit of the CDNOW sample (Fader, Hardie, Lee 2005, table 2).
PUBLISHED = bgnbd.BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426, log_likelihood=-9582.4)


def histories(*rows: tuple[float, float, float]) -> Histories:
    return Histories(*np.array(rows, dtype=float).T)


def simulated_histories(customers: int, *, weeks: float = 52, seed: int = 1) -> Histories:
    """Customers who behave as the published model says, week by week, told apart from its formulas."""
    random = np.random.default_rng(seed)
    rates = random.gamma(0.8, 1 / 6.0, customers)
    leaving = random.beta(0.9, 3.0, customers)
    rows = []
    for rate, chance in zip(rates, leaving, strict=True):
        at, bought, last = 0.0, 0, 0.0
        while (at := at + random.exponential(1 / rate)) < weeks:
            bought, last = bought + 1, at
            if random.random() < chance:
                break
        rows.append((bought, last, weeks))
    return histories(*rows)


def test_the_published_example_customer_is_expected_to_buy_one_point_two_times():
    # Fader, Hardie, Lee (2005), page 281: x = 2, t_x = 30.43, T = 38.86, the next 39 weeks: 1.226.
    one = histories((2, 30.43, 38.86))
    assert PUBLISHED.expected_purchases(one, within=39)[0] == pytest.approx(1.226, abs=0.001)
    assert PUBLISHED.probability_alive(one)[0] == pytest.approx(0.7266, abs=0.0002)


def test_somebody_who_never_came_back_is_alive_for_certain_and_buys_ever_less_with_age():
    young, old = histories((0, 0, 4)), histories((0, 0, 40))
    assert PUBLISHED.probability_alive(old)[0] == 1
    assert PUBLISHED.expected_purchases(young, within=10)[0] > PUBLISHED.expected_purchases(old, within=10)[0] > 0


def test_a_buyer_of_five_hundred_times_does_not_overflow():
    busy = histories((500, 38.85, 38.86))
    assert 100 < PUBLISHED.expected_purchases(busy, within=39)[0] < 600


def test_the_fit_finds_the_parameters_the_customers_were_made_with():
    model = bgnbd.fit(simulated_histories(20_000))
    assert (model.r, model.alpha) == (pytest.approx(0.8, rel=0.05), pytest.approx(6.0, rel=0.08))
    assert model.a / (model.a + model.b) == pytest.approx(0.9 / 3.9, rel=0.05)


def test_the_gradients_are_the_slopes_of_the_likelihoods():
    h = simulated_histories(300)
    at = np.array([-1.2, 1.1, 0.3, 0.8])
    often = np.unique(h.frequency, return_inverse=True)
    assert bgnbd._negative(at, h, 1 / 300, *often)[1] == pytest.approx(
        approx_fprime(at, lambda v: bgnbd._negative(v, h, 1 / 300, *often)[0]), abs=1e-5
    )
    spend = Spend(np.array([1.0, 3, 9]), np.array([12.0, 40, 7]))
    at = np.array([0.4, 0.9, 2.0])
    often = np.unique(spend.frequency, return_inverse=True)
    slope = approx_fprime(at, lambda v: gammagamma._negative(v, spend, *often)[0])
    assert gammagamma._negative(at, spend, *often)[1] == pytest.approx(slope, abs=1e-5)


def test_the_likelihood_does_not_depend_on_how_the_search_scales_time():
    h = simulated_histories(2000)
    weeks, days = bgnbd.fit(h), bgnbd.fit(Histories(h.frequency, h.recency * 7, h.age * 7))
    assert days.alpha == pytest.approx(7 * weeks.alpha, rel=1e-3)
    assert days.log_likelihood == pytest.approx(weeks.log_likelihood - h.frequency.sum() * np.log(7), abs=0.01)


def test_spend_is_drawn_towards_everybodys_mean_the_less_somebody_bought():
    model = gammagamma.GammaGamma(p=6.25, q=3.74, v=15.44, log_likelihood=0.0)
    everybody = 6.25 * 15.44 / (3.74 - 1)
    once, often, never = model.expected_spend(Spend(np.array([1.0, 50, 0]), np.array([100.0, 100, 0])))
    assert never == pytest.approx(everybody)
    assert everybody < once < often < 100


def test_nothing_is_learned_from_customers_who_never_came_back():
    with pytest.raises(FitFailed):
        bgnbd.fit(histories((0, 0, 30), (0, 0, 20)))
    with pytest.raises(FitFailed):
        gammagamma.fit(Spend(np.array([0.0, 1]), np.array([0.0, 20])))


def test_customers_of_one_history_are_told_once():
    h = histories((1, 2, 3), (0, 0, 3), (1, 2, 3), (2, 1, 3), (0, 0, 4))
    told = grouped(h)
    assert told.times.tolist() == [1, 1, 2, 1]
    assert told.histories.frequency.tolist() == [0, 0, 1, 2]
    assert told.histories.age.tolist() == [3, 4, 3, 3]


def test_several_purchases_of_a_day_are_one_and_the_first_day_makes_the_customer():
    day = date(2026, 1, 5)
    purchases = [
        (1, date(2026, 1, 5), 10.0),
        (1, date(2026, 1, 5), 5.0),
        (1, date(2026, 1, 19), 30.0),
        (1, date(2026, 1, 19), 12.0),
        (1, date(2026, 2, 2), 99.0),
        (2, date(2026, 2, 2), 50.0),
    ]
    summary = summarise(purchases, until=date(2026, 1, 26))
    assert summary.customers.tolist() == [1]
    assert (summary.histories.frequency[0], summary.histories.recency[0], summary.histories.age[0]) == (1, 2, 3)
    assert summary.spend.mean[0] == 42
    assert repeats_between(purchases, after=day, until=date(2026, 2, 2)) == {1: 2, 2: 1}


def test_no_purchases_make_an_empty_summary():
    assert summarise([], until=date(2026, 1, 1)).customers.tolist() == []

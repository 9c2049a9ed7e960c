from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from clothier.checkout.contracts import OrderFacts
from clothier.checkout.services import record_orders
from clothier.customers.models import Profile
from clothier.customers.services import register
from clothier.insights.services import evaluate_repurchase, predict_repurchase
from clothier.insights.services.evaluation import NoData
from clothier.kernel import clock
from tests.checkout.facts import line, order


def shopping(people: list[int]) -> list[OrderFacts]:
    """Some come every week or two to this day, some came back once long ago, some never."""
    random = Random(7)
    now = clock.now()
    orders = []
    for n, person in enumerate(people):
        times, days = ((20, 295), (2, 40), (1, 0), (6, 200))[n % 4]
        for k in range(times):
            ago = 300 - days * k / max(times - 1, 1) - random.uniform(0, 5)
            at = now - timedelta(days=ago)
            orders.append(order(f"N{n}-{k}", line(price=10_000 + 500 * n + k), customer=person, occurred_at=at))
    return orders


@pytest.mark.django_db
def test_every_customer_who_bought_is_given_a_prediction(saturday):
    people = [register(name=f"顾客{n}", occurred_at=clock.now() - timedelta(days=400)) for n in range(40)]
    stranger = register(name="没买过的人")
    record_orders(facts=shopping(people))
    assert predict_repurchase() == 40
    regular, once = Profile.objects.get(pk=people[4]), Profile.objects.get(pk=people[2])
    assert regular.expected_purchases_90d > 1 > once.expected_purchases_90d > 0
    assert 0 < regular.p_alive <= 1
    assert once.p_alive == 1
    assert regular.lifetime_value_fen > once.lifetime_value_fen > 0
    assert regular.predicted_at == clock.now()
    assert Profile.objects.get(pk=stranger).p_alive is None


@pytest.mark.django_db
def test_nothing_is_predicted_where_nobody_came_back(saturday):
    person = register(name="林晓")
    record_orders(facts=[order("N1", customer=person, occurred_at=clock.now() - timedelta(days=3))])
    assert predict_repurchase() == 0


def cdnow_like(customers: int) -> str:
    """Purchases in the layout of the CDNOW file: made up, regular, spread over its dates."""
    rows = []
    for number in range(customers):
        for visit in range(number % 5 + 1):
            month, day = 1 + (number % 3) + 2 * visit, 1 + (number * 7) % 28
            year, month = (1998, month - 12) if month > 12 else (1997, month)
            rows.append(f" {number:05d} {number:04d} {year}{month:02d}{day:02d}  1   {10 + number % 7}.50")
    return "\n".join(rows) + "\n"


def test_an_evaluation_reads_the_data_where_it_lies_and_names_every_figure(tmp_path: Path):
    (tmp_path / "CDNOW_sample.txt").write_text(cdnow_like(200))
    figures = {figure["name"]: figure["value"] for figure in evaluate_repurchase(tmp_path)}
    assert figures["cdnow: customers"] == 200
    assert figures["cdnow: held out"] == 39.0
    assert {"cdnow: r", "cdnow: alpha", "cdnow: a", "cdnow: b", "cdnow: log-likelihood"} <= figures.keys()


def test_the_published_fit_is_reproduced_where_the_data_is_at_hand(tmp_path: Path):
    try:
        figures = {figure["name"]: figure["value"] for figure in evaluate_repurchase(tmp_path)}
    except NoData:
        pytest.skip("the CDNOW data is not on this machine: clothier eval repurchase fetches it")
    assert [figures[f"cdnow: {name}"] for name in ("r", "alpha", "a", "b", "log-likelihood")] == [
        pytest.approx(0.243, abs=0.001),
        pytest.approx(4.414, abs=0.001),
        pytest.approx(0.793, abs=0.001),
        pytest.approx(2.426, abs=0.001),
        pytest.approx(-9582.4, abs=0.1),
    ]

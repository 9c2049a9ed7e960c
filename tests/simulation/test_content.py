"""The demo chain is the same for the same seed, and plausible."""

from datetime import date

import numpy as np
import pytest

from clothier.catalog.models import Fibre, Silhouette
from clothier.customers.fields import FIELDS
from clothier.customers.rules.sensitive import findings
from clothier.simulation import chain, crowd, goods, shopping
from clothier.simulation.assortment import Assortment
from clothier.simulation.contents import load
from clothier.simulation.services import SEED

TODAY = date(2026, 11, 21)
FIRST = date(2025, 5, 22)
WEIGHTS = [34.0, 18.0, 17.0]


@pytest.fixture(scope="module")
def styles():
    return goods.styles(seed=SEED, today=TODAY)


@pytest.fixture(scope="module")
def people():
    return crowd.crowd(seed=SEED, first=0, customers=4000, store_weights=WEIGHTS)


@pytest.fixture(scope="module")
def seen(people):
    return shopping.visits(seed=SEED, people=people, first_day=FIRST, habit=shopping.Habit())


@pytest.fixture(scope="module")
def goods_of(styles):
    return Assortment.of(styles, seed=SEED, first_day=FIRST)


@pytest.fixture(scope="module")
def bought(people, seen, goods_of):
    return shopping.lines(seed=SEED, people=people, seen=seen, goods=goods_of)


def test_there_are_six_hundred_styles_with_names_and_codes_of_their_own(styles):
    assert len(styles) == len({s.code for s in styles}) == len({s.name for s in styles}) == 600
    assert next(s.name for s in styles if s.code == "K2071") == "羊毛混纺圆领毛衫"


def test_every_style_can_be_sold(styles):
    today = TODAY
    for style in styles:
        assert style.variants
        assert sum(style.fabric.values()) == 100, style.name
        assert set(style.fabric) <= set(Fibre.values)
        assert 0.15 < style.cost_fen / style.price_fen < 0.5
        assert style.listed_on <= today


def test_every_barcode_is_one_of_a_kind_and_checks(styles):
    barcodes = [variant.barcode for style in styles for variant in style.variants]
    assert len(barcodes) == len(set(barcodes))
    for code in barcodes:
        assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0


def test_what_the_content_names_exists():
    content = load("styles")
    assert set(content["categories"]) <= set(Silhouette.values)
    for blueprint in content["blueprints"]:
        assert blueprint["category"] in content["categories"]
        assert set(blueprint["colours"]) <= set(load("colours"))
        assert blueprint["sizes"] in content["sizes"]
        assert blueprint["care"] in content["care"]


def test_the_same_seed_makes_the_same_chain_and_another_seed_another(styles, people):
    assert goods.styles(seed=SEED, today=TODAY) == styles
    assert goods.styles(seed=SEED + 1, today=TODAY) != styles
    again = crowd.crowd(seed=SEED, first=0, customers=4000, store_weights=WEIGHTS)
    assert again.names == people.names
    assert np.array_equal(again.pace, people.pace)


def test_phones_look_real_and_differ(people):
    phones = set(people.phones())
    assert len(phones) == len(people)
    assert all(len(phone) == 11 and phone.startswith("154") for phone in phones)


def test_few_come_often_and_week_ends_are_full(people, seen):
    visits = np.sort(np.bincount(seen.customer, minlength=len(people)))[::-1]
    best_tenth = visits[: len(people) // 10].sum() / visits.sum()
    assert 0.3 < best_tenth < 0.6
    weekday = np.bincount((seen.second // 86_400 + FIRST.weekday()) % 7, minlength=7)
    assert weekday[5] > 1.5 * weekday[0]


def test_nobody_shops_before_joining(people, seen):
    assert (seen.second // 86_400 >= people.joined[seen.customer]).all()


def test_between_six_and_ten_in_a_hundred_pieces_come_back(bought):
    assert 0.06 < (bought.back_after > 0).mean() < 0.10


def test_coats_sell_in_winter_and_dresses_in_summer(styles, seen, bought, goods_of):
    category = np.array([style.category for style in styles])[bought.style]
    month = goods_of.months[seen.second[bought.visit] // 86_400] % 12
    july, december = month == 2, month == 7
    assert (category[july] == "dress").sum() > 5 * (category[july] == "coat").sum()
    assert (category[december] == "coat").sum() > (category[december] == "dress").sum()


def test_nothing_is_paid_above_the_tag(styles, bought):
    tag = np.array([style.price_fen for style in styles])[bought.style]
    assert (bought.paid_fen <= tag).all()
    assert (bought.paid_fen > 0).all()


def test_an_order_has_a_line_and_a_half_or_so(bought):
    assert 1.5 < len(bought.visit) / len(np.unique(bought.visit)) < 1.7


def test_customers_who_buy_four_times_as_much_come_more_and_buy_oftener_when_they_come(people):
    usual = shopping.usual_orders(seed=SEED, customers=len(people))
    eager = shopping.habit(seed=SEED, orders_each=4 * usual / len(people))
    assert shopping.BUYS < eager.buys <= shopping.BUYS_AT_MOST
    seen = shopping.visits(seed=SEED, people=people, first_day=FIRST, habit=eager)
    assert seen.bought.sum() == pytest.approx(4 * usual, rel=0.05)


def test_names_are_those_of_their_generation_and_seldom_meet(people):
    assert len(set(people.names)) > 0.8 * len(people)
    old = {name[-1] for name, age, sex in zip(people.names, people.age, people.sex, strict=True) if age > 55 and sex}
    young = {name[-1] for name, age, sex in zip(people.names, people.age, people.sex, strict=True) if age < 30 and sex}
    assert {"国", "军"} <= old
    assert {"轩", "然"} <= young - old


def test_a_million_customers_shop_in_forty_stores_and_a_town_in_six():
    assert [chain.stores_for(n) for n in (10, 5_000, 1_000_000, 9_000_000)] == [6, 6, 40, 40]
    codes = [store.code for store in chain.stores()]
    assert len(set(codes)) == 40
    assert {store.city for store in chain.stores()} <= set(load("weather"))


def test_nothing_that_colleagues_write_needs_the_guard():
    content = load("people")
    said = [*content["needs"], *content["fits"], *(text for texts in content["note"].values() for text in texts)]
    words = {"health": ["怀孕", "手术"], "belief": ["佛教徒"], "money": ["工资", "贷款"], "insult": ["难缠", "胖子"]}
    assert [text for text in said if findings(text, words)] == []
    assert len(said) == len(set(said)) > 60


def test_what_is_measured_is_a_field_of_the_vault():
    assert all(FIELDS[name].vault for name in ("height", "shoulder", "bust", "waist", "hip", "birthday"))

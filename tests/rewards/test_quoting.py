from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothier.rewards.contracts import ALONE, BasketLine, CouponKind, Goods, Terms, Why, quote

NOW = datetime(2026, 11, 14, 2, tzinfo=UTC)
COAT = BasketLine(1, 1999_00, style="K1", category="coat", brand="Mu", tags=("new",))
SCARF = BasketLine(2, 299_00, style="S1", category="scarf", brand="Mu", full_price=False)

fens = st.integers(0, 10_000_00)
baskets = st.lists(fens, max_size=8).map(lambda fen: [BasketLine(n, each) for n, each in enumerate(fen)])
terms = st.builds(
    Terms,
    kind=st.sampled_from([CouponKind.AMOUNT, CouponKind.PERCENT]),
    value=st.integers(1, 100),
    threshold_fen=fens,
    most_fen=st.none() | fens,
)


def off(promise: Terms, *lines: BasketLine, **more) -> tuple[int, Why | None]:
    found = quote(promise, lines, at=NOW, **more)
    return found.off_fen, found.why


def test_an_amount_comes_off_from_its_threshold_on():
    fifty = Terms(CouponKind.AMOUNT, 50_00, threshold_fen=500_00)
    assert off(fifty, COAT) == (50_00, None)
    assert off(fifty, SCARF) == (0, Why.BELOW_THRESHOLD)
    assert quote(fifty, [SCARF], at=NOW).missing_fen == 201_00


def test_what_comes_off_is_shared_fairly_to_the_fen():
    hundred = Terms(CouponKind.AMOUNT, 100_00)
    thirds = [BasketLine(n, 333_00) for n in range(3)]
    assert quote(hundred, thirds, at=NOW).by_line == {0: 33_34, 1: 33_33, 2: 33_33}


def test_a_percentage_is_rounded_down_and_bounded():
    assert off(Terms(CouponKind.PERCENT, 15), BasketLine(1, 99_99)) == (14_99, None)
    assert off(Terms(CouponKind.PERCENT, 15, most_fen=100_00), COAT) == (100_00, None)


def test_never_more_than_the_goods_cost():
    assert off(Terms(CouponKind.AMOUNT, 500_00), SCARF) == (299_00, None)


@pytest.mark.parametrize(
    ("goods", "taken"),
    [
        (Goods(), (100_00, None)),
        (Goods(categories=frozenset({"coat"})), (100_00, None)),
        (Goods(brands=frozenset({"Mu"}), not_styles=frozenset({"K1"}), full_price=True), (0, Why.NO_SUCH_GOODS)),
        (Goods(styles=frozenset({"S1"})), (100_00, None)),
        (Goods(tags=frozenset({"sale"})), (0, Why.NO_SUCH_GOODS)),
    ],
)
def test_only_the_right_goods_count(goods, taken):
    assert off(Terms(CouponKind.AMOUNT, 100_00, goods=goods), COAT, SCARF) == taken


def test_a_coupon_is_for_its_time_and_its_stores():
    later = Terms(CouponKind.AMOUNT, 1, valid_from=NOW + timedelta(days=1))
    over = Terms(CouponKind.AMOUNT, 1, valid_until=NOW)
    elsewhere = Terms(CouponKind.AMOUNT, 1, stores=frozenset({7}))
    assert off(later, COAT) == (0, Why.NOT_YET)
    assert off(over, COAT) == (0, Why.EXPIRED)
    assert off(elsewhere, COAT, store=8) == (0, Why.OTHER_STORE)
    assert off(elsewhere, COAT, store=7) == (1, None)


@pytest.mark.parametrize(
    ("mine", "beside", "why"),
    [
        ("spring", [], None),
        ("spring", ["birthday"], None),
        ("spring", ["spring"], Why.STACKING),
        (ALONE, [], None),
        (ALONE, ["spring"], Why.STACKING),
        ("spring", [ALONE], Why.STACKING),
        ("", ["spring"], None),
        ("", [""], Why.STACKING),
    ],
)
def test_one_of_a_group_and_some_go_alone(mine, beside, why):
    assert off(Terms(CouponKind.AMOUNT, 1, stacking=mine), COAT, beside=beside)[1] is why


def test_a_gift_is_one_piece_for_nothing_or_to_be_added():
    gift = Terms(CouponKind.GIFT, gift_sku=9, threshold_fen=1000_00)
    socks = BasketLine(3, 60_00, quantity=2, sku=9)
    assert quote(gift, [COAT, socks], at=NOW).by_line == {3: 30_00}
    assert quote(gift, [COAT], at=NOW).gift_sku == 9
    assert off(gift, socks) == (0, Why.BELOW_THRESHOLD)


@given(terms, baskets)
def test_the_parts_are_the_whole_and_no_line_goes_below_nothing(promise, lines):
    found = quote(promise, lines, at=NOW)
    paid = {line.line: line.fen for line in lines}
    assert sum(found.by_line.values()) == found.off_fen
    assert all(0 <= part <= paid[line] for line, part in found.by_line.items())
    assert found.off_fen == 0 or found.applies
    assert promise.most_fen is None or found.off_fen <= promise.most_fen


@given(terms, baskets, st.integers(0, 1000_00))
def test_a_dearer_basket_is_never_given_less(promise, lines, more):
    fuller = [*lines, BasketLine(99, more)]
    assert quote(promise, fuller, at=NOW).off_fen >= quote(promise, lines, at=NOW).off_fen

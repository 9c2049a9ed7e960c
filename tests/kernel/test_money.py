import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothier.kernel.money import Money, MoneyError, parse_fen, share


@pytest.mark.parametrize(("text", "fen"), [("12", 1200), ("¥1,234.50", 123450), (" -0.01 ", -1), ("0.005", 0)])
def test_a_written_amount_becomes_fen(text, fen):
    assert parse_fen(text) == fen


@pytest.mark.parametrize("text", ["", "twelve", "NaN", "1.2.3", "inf"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(MoneyError):
        parse_fen(text)


def test_amounts_are_written_the_way_shops_write_them():
    assert str(Money(123450)) == "¥1,234.50"
    assert str(Money(-50000)) == "-¥500"


def test_two_currencies_do_not_add_up():
    with pytest.raises(MoneyError):
        Money(1) + Money(1, "GBP")


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_shares_add_up_to_the_whole_to_the_fen(total, weights):
    assert sum(share(total, weights)) == total

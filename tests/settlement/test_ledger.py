"""A day as double entries."""

from hypothesis import given
from hypothesis import strategies as st

from clothier.settlement.rules.ledger import DayBook, Row, book, tax_in
from clothier.standards.rules.documents.shelf import read, shipped_text

FEN = st.integers(-(10**9), 10**9)
WAYS = st.dictionaries(st.sampled_from(["cash", "wechat", "alipay", "card", "transfer"]), FEN)


@given(st.builds(DayBook, FEN, FEN, FEN, WAYS, WAYS, FEN), st.sampled_from([0, 6, 13, 100]))
def test_whatever_happened_debits_equal_credits(day: DayBook, percent: int):
    rows = book(day, vat_percent=percent)
    assert sum(row.debit_fen - row.credit_fen for row in rows) == 0
    assert all((row.debit_fen > 0) != (row.credit_fen > 0) for row in rows)


def test_a_day_is_booked_on_the_accounts_it_belongs_to():
    day = DayBook(
        sales_fen=113_00,
        points_fen=3_00,
        moved={"cash": 50_00, "wechat": 60_00},
        fees={"wechat": 36},
        drawer_fen=-1_00,
    )
    assert book(day, vat_percent=13) == [
        Row("cash", "cash", 50_00, 0),
        Row("receivable", "wechat", 60_00, 0),
        Row("fees", "wechat", 36, 0),
        Row("receivable", "wechat", 0, 36),
        Row("points", "", 3_00, 0),
        Row("sales", "", 0, 100_00),
        Row("tax", "", 0, 13_00),
        Row("cash", "cash", 0, 1_00),
        Row("drawer", "", 1_00, 0),
    ]


def test_a_price_given_back_is_booked_apart_from_returns_with_its_own_tax():
    day = DayBook(sales_fen=226_00, allowed_fen=-22_60, moved={"wechat": 203_40})
    assert book(day, vat_percent=13) == [
        Row("receivable", "wechat", 203_40, 0),
        Row("sales", "", 0, 200_00),
        Row("allowance", "", 20_00, 0),
        Row("tax", "", 0, 23_40),
    ]


def test_a_chart_without_an_account_for_a_price_given_back_books_it_where_the_sale_was():
    text = shipped_text("settlement")
    assert read("settlement", text).account("allowance").number == "6001.09"
    own = "".join(line for line in text.splitlines(keepends=True) if "post: allowance" not in line)
    assert read("settlement", own).account("allowance").number == "6001"


def test_money_without_a_sale_is_under_enquiry():
    assert book(DayBook(sales_fen=0, moved={"wechat": 10_00}), vat_percent=13)[-1] == Row("difference", "", 0, 10_00)


def test_tax_is_inside_the_price_and_half_up():
    assert [tax_in(fen, 13) for fen in (113, 100, 4, 0, -113)] == [13, 12, 0, 0, -13]

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothier.imports.contracts import CellRefused
from clothier.imports.rules import values

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("2.55", 2_550_000),
        ("2.5500000000000003", 2_550_000),
        ("¥1,234.50", 1_234_500_000),
        ("￥ 299元", 299_000_000),
        ("£12", 12_000_000),
        ("1.234,50 €", 1_234_500_000),
        ("2,55", 2_550_000),
        ("1,234", 1_234_000_000),
        ("1,234,567", 1_234_567_000_000),
        ("(12.00)", -12_000_000),
        ("-0.001", -1_000),
        ("GBP 3", 3_000_000),
        ("1e2", 100_000_000),
        ("'-5", -5_000_000),
    ],
)
def test_amounts_are_exact(text, micros):
    assert values.micros(text) == micros


@pytest.mark.parametrize("text", ["", "free", "=A1*2", "nan", "inf", "1e40", "--1"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(CellRefused):
        values.micros(text)


@given(st.integers(-(10**15), 10**15))
def test_fen_are_rounded_as_decimals_are(micros):
    exact = (Decimal(micros) / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    assert values.fen(micros) == int(exact)


@given(st.integers(0, 10**7), st.integers(-1000, 1000))
def test_a_price_with_two_places_times_pieces_is_exact(fen, pieces):
    assert values.fen(values.micros(f"{fen / 100:.2f}") * pieces) == fen * pieces


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("2010-12-01 08:26:00", "ymd", datetime(2010, 12, 1, 0, 26, tzinfo=UTC)),
        ("2010/12/1", "ymd", datetime(2010, 11, 30, 16, tzinfo=UTC)),
        ("12/1/2010 8:26", "mdy", datetime(2010, 12, 1, 0, 26, tzinfo=UTC)),
        ("12/1/2010 8:26", "dmy", datetime(2010, 1, 12, 0, 26, tzinfo=UTC)),
        ("1/12/10 8:26 PM", "dmy", datetime(2010, 12, 1, 12, 26, tzinfo=UTC)),
        ("2026年11月1日 12时30分", "ymd", datetime(2026, 11, 1, 4, 30, tzinfo=UTC)),
        ("20261101", "ymd", datetime(2026, 10, 31, 16, tzinfo=UTC)),
        ("20261101123000", "ymd", datetime(2026, 11, 1, 4, 30, tzinfo=UTC)),
        ("2026-11-01T12:30:00Z", "ymd", datetime(2026, 11, 1, 12, 30, tzinfo=UTC)),
        ("2026-11-01T12:30:00.250+02:00", "ymd", datetime(2026, 11, 1, 10, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_their_zone_and_order(text, order, moment):
    assert values.moment(text, order=order, zone=SHANGHAI) == moment


@pytest.mark.parametrize("text", ["2010-13-01", "31/02/2010", "soon", "", "=NOW()", "12:30"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(CellRefused):
        values.moment(text, order="ymd", zone=UTC)


def test_the_order_of_dates_is_told_by_a_day_past_twelve():
    assert values.date_order(["1/2/2011", "13/2/2011"]) == ("dmy", True)
    assert values.date_order(["1/2/2011", "1/13/2011"]) == ("mdy", True)
    assert values.date_order(["1/2/2011"]) == ("mdy", False)
    assert values.date_order(["2011-02-01"]) == ("ymd", True)


def test_nothing_happens_more_than_a_day_ahead_or_before_1990():
    now = datetime(2026, 11, 14, tzinfo=UTC)
    assert values.believable(now + timedelta(hours=20), now=now)
    for at in (now + timedelta(days=2), datetime(1989, 12, 31, tzinfo=UTC)):
        with pytest.raises(CellRefused):
            values.believable(at, now=now)


def test_identifiers_survive_spreadsheets():
    assert [values.code(text) for text in ("17850.0", '="00123"', " A-1 ", "'=1", "1.5")] == [
        "17850", "00123", "A-1", "=1", "1.5",
    ]  # fmt: skip

"""The price rule: exact to the fen, one offer a piece, one for the order, and nothing below nothing."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from clothier.checkout.contracts.pricing import Laid, Offer, Priced, Why
from clothier.checkout.rules.pricing import price, without_points
from clothier.checkout.rules.refunding import points_back, spread, worth_back
from clothier.rewards.contracts import CouponKind, Terms

NOW = datetime(2026, 11, 14, 4, 0, tzinfo=UTC)
SECOND = Offer("second", "第二件半价", "piece", percent=50, every=2, goods=(("categories", frozenset({"knit"})),))
TENTH = Offer("tenth", "九折", "piece", percent=10)
THOUSAND = Offer("thousand", "满 1000 减 100", "order", off_fen=100_00, from_fen=1000_00)
FIVE = Offer("five", "每满 500 减 30", "order", off_fen=30_00, from_fen=500_00, repeated=True)

lines = st.lists(
    st.builds(
        Priced,
        key=st.integers(1, 10**6),
        quantity=st.integers(1, 4),
        unit_fen=st.integers(0, 500_000),
        category=st.sampled_from(["knit", "coat"]),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda line: line.key,
)
offers = st.lists(
    st.builds(
        Offer,
        key=st.uuids().map(str),
        name=st.just("x"),
        kind=st.sampled_from(["piece", "order"]),
        percent=st.integers(0, 100),
        off_fen=st.integers(0, 50_000),
        every=st.integers(1, 3),
        from_fen=st.integers(0, 300_000),
        with_coupons=st.booleans(),
    ),
    max_size=4,
)
coupons = st.lists(
    st.builds(
        Laid,
        id=st.integers(1, 10**6),
        name=st.just("券"),
        terms=st.builds(
            Terms, kind=st.just(CouponKind.AMOUNT), value=st.integers(1, 100_000), stacking=st.sampled_from("ab")
        ),
    ),
    max_size=3,
    unique_by=lambda one: one.id,
)


def test_the_better_of_two_offers_is_granted_and_each_piece_enjoys_one():
    knits = [Priced(1, 1, 400_00, category="knit"), Priced(2, 1, 300_00, category="knit")]
    quote = price([*knits, Priced(3, 1, 500_00, category="coat")], [TENTH, SECOND], at=NOW)
    # Half of the cheaper knit, carried by both; the coat has the tenth.
    assert [line.taken for line in quote.lines] == [
        (("promotion", "second", 85_71),),
        (("promotion", "second", 64_29),),
        (("promotion", "tenth", 50_00),),
    ]
    assert quote.total_fen == 1000_00


def test_the_order_enjoys_the_offer_that_takes_off_most_and_is_told_what_is_missing():
    quote = price([Priced(1, 1, 1200_00)], [THOUSAND, FIVE], at=NOW)
    assert [(step.key, step.fen, step.why) for step in quote.steps] == [
        ("thousand", 100_00, Why.APPLIED),
        ("five", 0, Why.BETTER),
    ]
    short = price([Priced(1, 1, 900_00)], [THOUSAND], at=NOW)
    assert [(step.why, step.short_fen) for step in short.steps] == [(Why.SHORT, 100_00)]
    alone = price([Priced(1, 1, 900_00, category="knit")], [SECOND], at=NOW)
    assert alone.steps[0].short_pieces == 1


def test_points_pay_no_more_than_is_left_and_none_is_taken_for_nothing():
    quote = price([Priced(1, 1, 10_00)], points=5_000, at=NOW)
    assert (quote.points, quote.due_fen, quote.steps[-1].why) == (1_000, 0, Why.CAPPED)
    assert price([Priced(1, 1, 10_00)], points=500, credit_fen=8_00, at=NOW).points == 200
    assert without_points(quote).due_fen == 10_00


@given(lines, offers, coupons, st.integers(0, 400_000))
def test_every_fen_taken_off_is_on_a_line_and_no_line_costs_less_than_nothing(some, given_offers, laid, points):
    quote = price(some, given_offers, laid, points, at=NOW)
    assert quote.list_fen == sum(line.quantity * line.unit_fen for line in some)
    assert quote.list_fen - sum(step.fen for step in quote.steps) == quote.due_fen >= 0
    assert all(line.total_fen >= 0 and line.points_fen <= line.total_fen for line in quote.lines)
    assert all(one.fen > 0 for line in quote.lines for one in line.taken)
    assert quote.points <= points
    assert price(some, given_offers, laid, points, at=NOW) == quote


@given(st.integers(0, 10**7), st.integers(1, 9).flatmap(lambda n: st.tuples(st.just(n), st.permutations(range(n)))))
def test_a_line_taken_back_in_parts_gives_back_what_it_cost(total, sold):
    quantity, _order = sold
    assert sum(worth_back(total, quantity, before, 1) for before in range(quantity)) == total


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.data())
def test_money_goes_back_in_proportion_and_never_more_than_was_paid(held, data):
    fen = data.draw(st.integers(0, sum(held)))
    parts = spread(fen, held)
    assert sum(parts) == fen
    assert all(0 <= part <= most for part, most in zip(parts, held, strict=True))


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.data())
def test_points_go_back_with_their_fen_and_the_last_fen_takes_the_last_point(fen, points, data):
    left_fen, left_points = fen, points
    while left_fen:
        taken = data.draw(st.integers(1, left_fen)) if left_fen > 1 and fen < 50 else left_fen
        back = points_back(left_points, left_fen, taken)
        assert 0 <= back <= left_points
        left_fen, left_points = left_fen - taken, left_points - back
    assert left_points == 0

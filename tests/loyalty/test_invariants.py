"""Whatever happens, in whatever order and however often it is told: lots are what their entries add up to."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from clothier.customers.services import register
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.models import Lot
from clothier.loyalty.rules.points import Open, allocate, points_for, reversal
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import exchange, expire, give_back, grant, reverse, spend
from tests.conftest import SATURDAY
from tests.loyalty.ledger import back, bought, differences, swap

DAY = 86_400
FEN = st.integers(0, 300_000)
ORDER = st.integers(1, 4)
STEPS = st.one_of(
    st.tuples(st.just("earn"), ORDER),
    st.tuples(st.just("return"), ORDER),
    st.tuples(st.just("swap"), ORDER),
    st.tuples(st.just("spend"), ORDER),
    st.tuples(st.just("refund"), ORDER),
    st.tuples(st.just("grant"), ORDER),
    st.tuples(st.just("expire"), ORDER),
    st.tuples(st.just("wait"), st.sampled_from([1, 8, 400])),
)


def tell(customer: int, time: clock.SimulatedClock, step: str, n: int) -> None:
    """One telling, the same for the same number however often it is repeated."""
    try:
        if step == "earn":
            bought(customer, n, 19_990 * n, 777)
        elif step == "return":
            reverse(document=f"order:{n}00", lines=[back(n, 9_000, n, n * 10)])
        elif step == "swap":
            came_back = back(n * 10 + 5, 777, n, n * 10 + 1)
            exchange(document=f"order:{n}01", lines=[swap(n * 10 + 6, 900, came_back)])
        elif step == "spend":
            spend(customer=customer, points=150 * n, document=f"cart:{n}")
        elif step == "refund":
            give_back(spent_on=f"cart:{n}", document=f"refund:{n}", points=50)
        elif step == "grant":
            grant(customer=customer, points=70 * n, reason="activity", key=f"g{n}")
        elif step == "expire":
            expire()
        else:
            time.advance(n * DAY)
    except Refused:
        pass


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps=st.lists(STEPS, max_size=14))
def test_lots_are_their_entries_and_the_balance_is_the_lots_after_any_sequence_told_twice(steps):
    with clock.simulated(SATURDAY) as time, transaction.atomic():
        lin = register(name="林晓")
        for step, n in steps:
            tell(lin, time, step, n)
            before = balance(lin)
            if step != "wait":
                tell(lin, time, step, n)
            assert balance(lin) == before

        assert differences() == []
        lots = Lot.objects.filter(customer_id=lin)
        alive = [lot.remaining for lot in lots if lot.remaining > 0 and lot.expires_at > time.now()]
        owed = -sum(lot.remaining for lot in lots if lot.remaining < 0)
        has = balance(lin)
        # A debt and points to pay it with are never there at once.
        assert (has.available + has.pending, has.debt) == (sum(alive), owed)
        assert not (alive and owed)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=20)
@given(orders=st.permutations([1, 2, 3, 4]), returned=st.sets(ORDER), twice=st.sets(ORDER))
def test_the_balance_does_not_depend_on_the_order_in_which_things_are_told(orders, returned, twice):
    with clock.simulated(SATURDAY), transaction.atomic():
        lin = register(name="林晓")
        for n in [*orders, *twice]:
            bought(lin, n, 19_990 * n, 777)
        for n in [n for n in orders if n in returned] * 2:
            reverse(document=f"order:{n}00", lines=[back(n, 19_990 * n, n, n * 10)])

        # Each order 199, 399, 599 or 799 points, and 7 for its second line, which stays.
        kept = sum(points_for(19_990 * n, 100) for n in {1, 2, 3, 4} - returned) + 4 * 7
        assert balance(lin).pending == kept
        assert differences() == []
        transaction.set_rollback(True)


@given(fen=FEN, rate=st.integers(0, 1_000), cuts=st.lists(st.integers(1, 100_000), max_size=6))
def test_a_line_returned_in_any_pieces_gives_back_exactly_what_it_earned(fen, rate, cuts):
    earlier = given_back = 0
    for cut in [*cuts, fen]:
        piece = min(cut, fen - earlier)
        given_back += reversal(fen=fen, earlier=earlier, back=piece, rate=rate)
        earlier += piece
    assert given_back == points_for(fen, rate)


@given(lots=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5)), max_size=8), points=st.integers(1, 3_000))
def test_spending_takes_what_was_asked_for_or_all_there_is_and_nothing_later_before_something_earlier(lots, points):
    there = [Open(n, have, SATURDAY + timedelta(days=days)) for n, (have, days) in enumerate(lots)]

    taken = dict(allocate(there, points))

    assert sum(taken.values()) == min(points, sum(lot.remaining for lot in there))
    untouched = [lot.expires_at for lot in there if taken.get(lot.id, 0) < lot.remaining]
    touched = [lot.expires_at for lot in there if taken.get(lot.id)]
    assert not touched or not untouched or max(touched) <= min(untouched)

"""Points come, mature, go earliest first, and come back where they came from."""

from datetime import UTC, datetime

import pytest

from clothier.customers.services import merge, unmerge
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import Earning, EarnLine
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import earn_many, exchange, give_back, grant, grant_suggestion, reverse, spend
from tests.loyalty.ledger import back, bought, differences, swap

DAY = 86_400


@pytest.fixture(autouse=True)
def every_lot_is_the_sum_of_its_entries(db):
    yield
    assert differences() == []


def test_a_yuan_earns_a_point_rounded_down_line_by_line_and_pending_for_a_week(lin, saturday):
    assert bought(lin, 1, 29_990, 199) == 300
    assert (balance(lin).available, balance(lin).pending) == (0, 300)

    saturday.advance(7 * DAY)

    assert (balance(lin).available, balance(lin).pending) == (300, 0)


def test_an_order_told_twice_earns_once(lin):
    assert bought(lin, 1, 10_000) == 100
    assert bought(lin, 1, 10_000) == 0
    assert Entry.objects.count() == 1


def test_points_expire_at_the_end_of_the_month_two_years_on(lin):
    bought(lin, 1, 10_000)

    # Midnight between 30 November and 1 December 2028 in Shanghai.
    assert Lot.objects.get().expires_at == datetime(2028, 11, 30, 16, tzinfo=UTC)


def test_what_expires_first_is_spent_first(lin, saturday):
    bought(lin, 1, 10_000)
    saturday.advance(60 * DAY)
    bought(lin, 2, 10_000)
    saturday.advance(7 * DAY)

    assert spend(customer=lin, points=150, document="cart:1") == 150

    assert list(Lot.objects.order_by("expires_at").values_list("remaining", flat=True)) == [0, 50]
    assert balance(lin).available == 50


def test_more_than_there_is_cannot_be_spent_and_nothing_has_changed(lin, saturday):
    bought(lin, 1, 10_000)
    with pytest.raises(Refused, match="可用积分只有 0"):
        spend(customer=lin, points=1, document="cart:1")
    saturday.advance(7 * DAY)
    with pytest.raises(Refused, match="可用积分只有 100"):
        spend(customer=lin, points=101, document="cart:1")

    assert Entry.objects.count() == 1


@pytest.mark.parametrize("points", [0, -5])
def test_nothing_and_less_than_nothing_cannot_be_spent(lin, points):
    with pytest.raises(Refused):
        spend(customer=lin, points=points, document="cart:1")


def test_a_document_spends_once_and_says_so_when_told_otherwise(lin, saturday):
    bought(lin, 1, 10_000)
    saturday.advance(7 * DAY)
    spend(customer=lin, points=60, document="cart:1")

    assert spend(customer=lin, points=60, document="cart:1") == 60
    with pytest.raises(Refused, match="已经用过 60"):
        spend(customer=lin, points=40, document="cart:1")
    assert balance(lin).available == 40


def test_points_of_a_refund_go_back_to_their_own_lots_the_last_to_expire_first(lin, saturday):
    bought(lin, 1, 10_000)
    saturday.advance(60 * DAY)
    bought(lin, 2, 10_000)
    saturday.advance(7 * DAY)
    spend(customer=lin, points=150, document="cart:1")

    assert give_back(spent_on="cart:1", document="refund:1", points=70) == 70
    assert give_back(spent_on="cart:1", document="refund:1", points=70) == 70
    assert list(Lot.objects.order_by("expires_at").values_list("remaining", flat=True)) == [20, 100]

    assert give_back(spent_on="cart:1", document="refund:2") == 80
    with pytest.raises(Refused, match="超过"):
        give_back(spent_on="cart:1", document="refund:3", points=1)


def test_points_given_back_to_an_expired_lot_live_on_for_a_month(lin, saturday):
    bought(lin, 1, 10_000)
    saturday.advance(7 * DAY)
    spend(customer=lin, points=100, document="cart:1")
    saturday.move_to(datetime(2029, 1, 5, tzinfo=UTC))

    give_back(spent_on="cart:1", document="refund:1")

    assert balance(lin).available == 100
    assert balance(lin).expires_at == datetime(2029, 2, 28, 16, tzinfo=UTC)


def test_a_line_returned_in_pieces_takes_all_its_points_and_no_more(lin):
    bought(lin, 1, 999, 10_000)

    assert [reverse(document=f"order:{n}", lines=[back(n, 333, 1, 10)]) for n in (2, 3, 4)] == [3, 3, 3]
    assert reverse(document="order:4", lines=[back(4, 333, 1, 10)]) == 0
    assert reverse(document="order:5", lines=[back(5, 333, 1, 10)]) == 0
    assert balance(lin).pending == 100


def test_points_already_spent_are_a_debt_that_the_next_points_settle(lin, saturday):
    bought(lin, 1, 10_000)
    saturday.advance(7 * DAY)
    spend(customer=lin, points=80, document="cart:1")
    reverse(document="order:2", lines=[back(20, 10_000, 1, 10)])
    assert (balance(lin).available, balance(lin).debt) == (0, 80)

    grant(customer=lin, points=50, reason="birthday", key="b1")
    assert (balance(lin).available, balance(lin).debt) == (0, 30)
    bought(lin, 3, 5_000)

    assert (balance(lin).pending, balance(lin).debt) == (20, 0)


def test_another_size_changes_nothing_and_can_still_be_returned(lin, saturday):
    bought(lin, 1, 29_900)
    lot = Lot.objects.get()
    saturday.advance(3 * DAY)

    assert exchange(document="order:2", lines=[swap(21, 29_900, back(20, 29_900, 1, 10))]) == 0
    assert exchange(document="order:2", lines=[swap(21, 29_900, back(20, 29_900, 1, 10))]) == 0
    kept = Lot.objects.get()
    assert (kept.remaining, kept.matures_at, kept.expires_at) == (299, lot.matures_at, lot.expires_at)

    assert reverse(document="order:3", lines=[back(30, 29_900, 2, 21)]) == 299
    assert Lot.objects.get().remaining == 0


def test_an_accepted_suggestion_brings_two_hundred_points_once(lin):
    first = grant_suggestion(customer=lin, suggestion="feedback:7")

    assert grant_suggestion(customer=lin, suggestion="feedback:7") == first
    assert balance(lin).available == 200


def test_a_person_spends_what_any_of_the_records_has_and_an_unmerge_loses_nothing(lin, sun, saturday):
    bought(lin, 1, 10_000)
    bought(sun, 2, 5_000)
    saturday.advance(7 * DAY)
    link = merge(a=lin, b=sun)
    assert balance(lin) == balance(sun)
    assert balance(lin).available == 150

    spend(customer=sun, points=120, document="cart:1")
    unmerge(link_id=link)

    assert (balance(lin).available, balance(sun).available) == (0, 30)


def test_many_orders_earn_in_as_many_queries_as_a_few(lin, django_assert_max_num_queries):
    told = [Earning(f"order:{n}", lin, clock.now(), [EarnLine(n, 5_000)]) for n in range(1, 60)]
    with django_assert_max_num_queries(16):
        assert earn_many(told) == 59 * 50

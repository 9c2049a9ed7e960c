"""What the log, the books and the customers' figures say of orders, as the doctor compares them."""

import pytest

from clothier.checkout.models import Order, OrderLine
from clothier.checkout.proof import Difference
from clothier.checkout.selectors import order_differences
from clothier.checkout.services import record_orders, withdraw_orders
from clothier.customers.models import Encounter
from clothier.customers.services import register
from tests.checkout.facts import line, order


@pytest.fixture
def sold(cast):
    """An order of nobody, and one of Lin's that an import brought."""
    lin = register(name="林梅")
    told = [order("A1", line(price=100)), order("A2", line(price=200), line(price=50), customer=lin, batch=7)]
    return record_orders(facts=told).recorded


def test_what_the_verbs_write_agrees_and_so_does_what_they_take_back(sold):
    assert list(order_differences()) == []
    withdraw_orders(batch=7, after=0, limit=10)
    assert Order.objects.count() == 1
    assert list(order_differences()) == []


def test_a_sum_that_is_not_that_of_its_lines_is_named_and_so_is_the_log_that_says_otherwise(sold):
    Order.objects.filter(pk=sold[0]).update(total_fen=99)
    assert list(order_differences()) == [Difference(sold[0], "total_fen"), Difference(sold[0], "log")]


def test_an_order_that_its_customer_is_not_counted_for_is_named(sold):
    Encounter.objects.filter(ref_id=sold[1]).delete()
    assert list(order_differences()) == [Difference(sold[1], "encounter")]


def test_an_order_that_only_the_log_knows_is_named(sold):
    OrderLine.objects.filter(order=sold[0]).delete()
    Order.objects.filter(pk=sold[0]).delete()
    assert list(order_differences()) == [Difference(sold[0], "log")]

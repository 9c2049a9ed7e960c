from datetime import timedelta

import pytest

from clothier.checkout.contracts import DaySales, OrderKind
from clothier.checkout.selectors import batch_sums, purchases_of, sales_between
from clothier.checkout.services import record_orders
from clothier.kernel.access import Role, Viewer
from tests.checkout.facts import NOON, line, order, postage

pytestmark = pytest.mark.django_db


def test_the_day_counts_sales_and_takes_returns_off(cast, lin):
    store = cast.store.pk
    record_orders(
        facts=[
            order("A1", line(quantity=2), postage(), store=store, customer=lin),
            order("A2", line(), store=store, customer=lin),
            order("R1", line(quantity=-1), kind=OrderKind.RETURN, store=store),
            order("A3", line(), store=cast.other_store.pk),
            order("A4", line(), store=store, occurred_at=NOON + timedelta(days=1)),
            order("A5", line(), store=store, currency="GBP"),
        ]
    )
    day = sales_between(store=store, start=NOON, end=NOON + timedelta(days=1))
    assert day == DaySales(orders=2, pieces=3, goods_fen=89700, returned_fen=-29900, customers=1)
    assert day.net_fen == 59800


def test_a_persons_latest_purchases_come_from_every_store_newest_first(cast, lin, sun, django_assert_num_queries):
    record_orders(
        facts=[
            order(f"A{n}", store=cast.other_store.pk, customer=(lin, sun)[n % 2], occurred_at=NOON + timedelta(hours=n))
            for n in range(6)
        ]
    )
    zhou = cast.viewer(cast.zhou)
    with django_assert_num_queries(2):
        latest = purchases_of(zhou, customers=[lin, sun], limit=4)
        assert [x.number for x, _goods in latest] == ["A5", "A4", "A3", "A2"]
        assert [x.store.name for x, _goods in latest] == ["湖滨店"] * 4
        assert [[line.code for line in goods] for _x, goods in latest] == [["K2071"]] * 4
    customer = Viewer(user=1, employee=None, role=Role.CUSTOMER)
    assert purchases_of(customer, customers=[lin]) == []


def test_a_batch_adds_up_by_kind_and_sign(cast):
    record_orders(
        facts=[
            order("A1", line(quantity=2), line(quantity=-1), batch=5),
            order("C1", line(quantity=-3), kind=OrderKind.CANCELLATION, batch=5),
            order("A9", line(), batch=6),
        ]
    )
    assert batch_sums(batch=5) == [
        ("cancellation", True, 1, -89700),
        ("sale", False, 1, 59800),
        ("sale", True, 1, -29900),
    ]

"""Two tills, one customer, the last points: on both databases one of them gets them."""

import threading

import pytest
from django.db import connection, connections

from clothier.customers.services import register
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import EarnLine
from clothier.loyalty.models import Lot
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import earn, grant, reverse, spend
from tests.loyalty.ledger import back, bought, differences

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs):
    """What each gave or was refused with, begun at the same moment in threads of their own."""
    gate, outcomes = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(place, verb):
        try:
            gate.wait()
            outcomes[place] = verb()
        except Refused as refused:
            outcomes[place] = refused
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def lin():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads do not share a database in memory: scripts/postgres.sh runs this")
    return register(name="林晓")


def test_the_last_points_are_spent_once(lin):
    grant(customer=lin, points=60, reason="birthday", key="a")
    grant(customer=lin, points=40, reason="birthday", key="b")

    outcomes = at_once(*(lambda n=n: spend(customer=lin, points=100, document=f"cart:{n}") for n in range(4)))

    assert outcomes.count(100) == 1
    assert balance(lin).available == 0
    assert differences() == []


def test_one_document_told_by_two_threads_spends_once(lin):
    grant(customer=lin, points=300, reason="birthday", key="a")

    outcomes = at_once(*[lambda: spend(customer=lin, points=100, document="cart:1")] * 3)

    assert outcomes == [100, 100, 100]
    assert balance(lin).available == 200


def test_an_order_told_by_two_threads_earns_once(lin):
    lines = [EarnLine(1, 10_000)]
    at_once(*[lambda: earn(document="order:1", lines=lines, customer=lin)] * 3)

    assert Lot.objects.get().remaining == 100


def test_a_line_returned_at_two_tills_takes_its_points_once(lin):
    bought(lin, 1, 10_000)
    at_once(*(lambda n=n: reverse(document=f"order:{n}", lines=[back(n, 10_000, 1, 10)]) for n in (2, 3)))

    assert Lot.objects.get().remaining == 0
    assert differences() == []

"""kill -9 of any process at any moment loses no acknowledged event and runs no effect twice."""

import itertools
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.worker.crashing import Shop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds its processes in /proc")


@pytest.mark.parametrize(
    ("customers", "every"), [(80, 16), pytest.param(1500, 15, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_killed_processes_lose_nothing_and_double_nothing(customers, every):
    draw, told_so_far = random.Random(), itertools.count(1)
    with Shop(customers=customers) as shop:

        def arrive(customer: int) -> None:
            shop.arrive(customer)
            # While the other tellers are in the middle of theirs.
            if next(told_so_far) % every == 0:
                shop.kill_one(draw)

        try:
            with ThreadPoolExecutor(4) as tellers:
                list(tellers.map(arrive, shop.ids))
        finally:
            shop.close()
        told = shop.settle()
    assert shop.killed >= 2
    # Every acknowledged arrival is in the log once, and was counted into its customer's profile once.
    assert sorted(told["arrivals"]) == sorted(shop.ids)
    assert set(told["visits"].values()) == {1}
    assert told["deliveries"] == 0

"""kill -9 of any process at any moment loses no acknowledged event and runs no effect twice."""

import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.worker.crashing import Shop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds its processes in /proc")


@pytest.mark.parametrize(
    ("customers", "pause"), [(80, 0.8), pytest.param(1500, 1.0, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_killed_processes_lose_nothing_and_double_nothing(customers, pause):
    draw, done = random.Random(), threading.Event()
    with Shop(customers=customers) as shop:

        def murderer() -> None:
            while not done.wait(pause * draw.uniform(0.5, 1.5)):
                shop.kill_one(draw)

        thread = threading.Thread(target=murderer)
        thread.start()
        try:
            with ThreadPoolExecutor(4) as tellers:
                list(tellers.map(shop.arrive, shop.ids))
        finally:
            done.set()
            thread.join()
            shop.close()
        told = shop.settle()
    assert shop.killed >= 2
    # Every acknowledged arrival is in the log once, and was counted into its customer's profile once.
    assert sorted(told["arrivals"]) == sorted(shop.ids)
    assert set(told["visits"].values()) == {1}
    assert told["deliveries"] == 0

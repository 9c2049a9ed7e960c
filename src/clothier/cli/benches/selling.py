"""Sales completed at tills: cash taken, and order, stock, payment, clocks and events written in one go.

`python -m clothier.cli.benches.selling FILE` is one till: it says `ready`, waits for a line, completes the carts whose
numbers the FILE holds, and says how long each took on the wall, and all of them of the processor.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from clothier.cli import ready
from clothier.cli.benches.measuring import Figure

MOST = 400
# A chain has more tills than its machine has processors: while one waits for the disk, others reckon.
TILLS = 4
CORES = 2
# A till has sold since the morning: what it does once is not counted.
WARM = 10
CASH = 100_000_00


def checkout(sales: int) -> list[Figure]:
    """A complete sale of two pieces to a known customer: one till by itself, then four at once.

    What follows after the commit, points and sizes, is the worker's and not in these figures.
    """
    from clothier.cli.benches.written import floor_of_writing, rows_written

    count = min(sales, MOST)
    first, alone, together = (_carts(some) for some in (WARM, count, (count + WARM) * TILLS))
    for cart in first:
        _complete(cart)
    times: list[float] = []
    took, rows = rows_written(lambda: times.extend(_timed(cart) for cart in alone))
    floor = floor_of_writing(rows) / count
    began = time.process_time()
    spare = _carts(count)
    prepared = time.process_time() - began
    wall, processor = _at_once([together[n::TILLS] for n in range(TILLS)])
    began = time.process_time()
    for cart in spare:
        _complete(cart)
    own = (time.process_time() - began) / count
    sold = count * TILLS
    return [
        Figure("complete sale p50", statistics.median(times) * 1000, "ms", floor * 1000),
        Figure("complete sale p95", statistics.quantiles(times, n=20)[-1] * 1000, "ms", floor * 1000),
        Figure("complete sale, processor time of the till", own * 1000, "ms"),
        Figure("cart of two pieces scanned, named and confirmed, processor time", prepared / count * 1000, "ms"),
        Figure("one till, sales completed", count / took.wall, "sales/s", 1 / floor),
        Figure("four tills at once, sales completed", sold / wall, "sales/s", 1 / floor),
        Figure("four tills at once, by their processor time alone on two cores", sold / processor * CORES, "sales/s"),
    ]


def _carts(count: int) -> list[int]:
    """So many carts that only wait for the money, each another customer's."""
    from clothier.catalog.selectors import carried
    from clothier.checkout import services
    from clothier.checkout.services.confirming import due_of
    from clothier.customers.selectors import condition_of, members
    from clothier.customers.services import save_segment
    from clothier.kernel.access import SYSTEM
    from clothier.places.selectors import stores_for

    everybody = condition_of(save_segment(name=f"bench {uuid4().hex}", condition={"kind": "all", "of": []}))
    people = [person.pk for person in members(everybody, limit=count)]
    stores = list(stores_for(SYSTEM).exclude(kind="online").order_by("pk"))
    goods = {store.pk: [row[2] for row in carried(store=store.pk)] for store in stores}
    made = []
    for n in range(count):
        store = stores[n % len(stores)].pk
        cart = services.open_cart(store=store, customer=people[n % len(people)], actor=None)
        for piece in range(2):
            services.scan(cart=cart.pk, code=goods[store][(n * 7 + piece * 3) % len(goods[store])], actor=None)
        cart.refresh_from_db()
        for what in ("goods", "discounts", "amount"):
            services.confirm(cart=cart.pk, what=what, fen=due_of(cart), actor=None)
        made.append(cart.pk)
    return made


def _complete(cart: int) -> None:
    from clothier.checkout import services

    done = services.pay_cash(cart=cart, tendered_fen=CASH, actor=None, key=f"bench:{cart}")
    assert done.order_id, "a bench counts only sales that were made"


def _timed(cart: int) -> float:
    began = time.perf_counter()
    _complete(cart)
    return time.perf_counter() - began


def _at_once(shares: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Seconds on the wall until the last till is done, and of the processor of all of them."""
    with TemporaryDirectory() as folder:
        tills = [_till(Path(folder) / f"{n}.json", some) for n, some in enumerate(shares)]
        for till in tills:
            assert till.stdout is not None
            till.stdout.readline()
        began = time.perf_counter()
        for till in tills:
            assert till.stdin is not None
            till.stdin.write("go\n")
            till.stdin.flush()
        told = [json.loads(till.communicate()[0]) for till in tills]
    return time.perf_counter() - began, sum(one["processor"] for one in told)


def _till(file: Path, carts: Sequence[int]) -> "subprocess.Popen[str]":
    file.write_text(json.dumps(list(carts)))
    command = [sys.executable, "-m", "clothier.cli.benches.selling", str(file)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


@contextmanager
def _counted() -> Iterator[dict[str, Any]]:
    told: dict[str, Any] = {}
    began = time.process_time()
    yield told
    told["processor"] = time.process_time() - began


def _sell(file: Path) -> None:
    carts: list[int] = json.loads(file.read_text())
    for cart in carts[:WARM]:
        _complete(cart)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with _counted() as told:
        for cart in carts[WARM:]:
            _complete(cart)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    ready.set_up()
    _sell(Path(sys.argv[1]))

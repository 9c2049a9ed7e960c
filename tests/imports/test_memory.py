"""A file's rows pass through: what is in memory at once does not grow with the file."""

from collections.abc import Iterator

import pytest

from clothier.imports.contracts import Plan, Row
from clothier.imports.kinds.base import Context
from clothier.imports.kinds.orders import Orders
from clothier.imports.services import batches

pytestmark = pytest.mark.django_db
NAMES = ("number", "code", "quantity", "unit_price", "occurred_at", "customer")


class Cells(list[str]):
    """Cells that are counted while anybody holds them."""

    alive = most = 0

    def __init__(self, *texts: str) -> None:
        super().__init__(texts)
        Cells.alive += 1
        Cells.most = max(Cells.most, Cells.alive)

    def __del__(self) -> None:
        Cells.alive -= 1


def order_rows(count: int) -> Iterator[Row]:
    for n in range(count):
        yield Row(n + 2, Cells(f"A{n // 3}", "K2071", "1", "299", "2025-11-01 12:00", f"{n // 6}"))


def test_no_more_rows_are_held_than_of_two_batches_however_long_the_file(monkeypatch):
    monkeypatch.setattr(batches, "ROWS", 300)
    plan = Plan({name: at for at, name in enumerate(NAMES)})
    loader = Orders(plan, Context(batch=1, actor=None, width=len(NAMES)))
    units = 0
    for batch in batches.batches(order_rows(6_000), loader, len(NAMES)):
        units += len(batch.units)
    # A batch, the one before it, and the row that says where an order ends.
    assert units == 2_000
    assert Cells.most <= 601

from decimal import Decimal
from itertools import count, groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clothier.imports.contracts import Plan, Row
from clothier.imports.kinds import memory
from clothier.imports.kinds.base import Context, RowsRefused
from clothier.imports.kinds.orders import Orders
from clothier.imports.selectors import reconciliation

pytestmark = pytest.mark.django_db
RUNS = count()
PRICES = st.decimals(min_value=0, max_value=5000, places=4) | st.decimals(min_value=0, max_value=5000, places=2)
# Number, quantity, price: few numbers, so that orders have several lines and come back further down the file.
LINES = st.tuples(st.sampled_from(["1", "2", "C3", "4"]), st.integers(-20, 20), PRICES)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=1, max_size=12))
def test_whatever_the_file_holds_every_line_and_every_penny_is_accounted_for(write, bring, lines):
    run = next(RUNS)
    rows = [f"{number},K1,COAT,{pieces},2026-03-01 10:00,{price},C1,China" for number, pieces, price in lines]
    task = bring(write(*rows, name=f"{run}.csv"), source=f"run-{run}")
    counts, told = task.read_counts(), reconciliation(task)
    assert counts.read == len(lines) == counts.imported + counts.already + counts.rejected
    assert all(line.balanced for line in told)
    assert sum(line.source.lines for line in told) == len(lines)
    exact = sum((pieces * price for _, pieces, price in lines), Decimal())
    assert sum(line.source.micros for line in told) == int(exact * 1_000_000)


CELLS = st.tuples(
    st.sampled_from(["1", "1", "2", "C3", "", "7" * 61]),
    st.sampled_from(["K1", "K2.0", "POST", "", "D"]),
    st.sampled_from(["1", "2", "-1", "0", "two", "3.0"]),
    st.sampled_from(
        ["2026-03-01 10:00", "2026-03-01 10:00", "2026-03-01 11:00", "2026-03-09 10:00", "x", "2099-01-01"]
    ),
    st.sampled_from(["1.05", "0.005", "£3", "", "=1"]),
    st.sampled_from(["", "", "2.10", "-3", "x"]),
    st.sampled_from(["", "C1", "C1", "C2"]),
    st.sampled_from(["", "", "USD", "money"]),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(CELLS, min_size=1, max_size=10))
def test_orders_read_by_the_column_are_those_read_row_by_row(saturday, rows):
    names = ("number", "code", "quantity", "occurred_at", "unit_price", "total", "customer", "currency")
    plan = Plan({name: at for at, name in enumerate(names)})
    loader = Orders(plan, Context(batch=1, actor=None, width=len(names)))
    told = [Row(line, [*cells, ""]) for line, cells in enumerate(rows, 2)]
    groups = [list(group) for _, group in groupby(told, key=loader.key)]
    for group, quick in zip(groups, loader.units(groups), strict=True):
        if quick:
            assert (quick.facts, sorted(quick.sums)) == (loader.convert(group), sorted(loader.sums(group)))
        else:
            # What is left to be looked at closely has a reason to be: a refusal, or rows that differ.
            differ = any(a.cells[at] != b.cells[at] for a in group for b in group for at in (3, 6, 7))
            assert differ or _refused(loader, group)


def _refused(loader, group) -> bool:
    try:
        loader.convert(group)
    except RowsRefused:
        return True
    return False


def test_what_was_read_before_is_remembered_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(memory, "REMEMBERED", 3)
    asked = []
    remembered = memory.Memory(lambda text: asked.append(text) or int(text))
    assert remembered.column(["1", "2", "1", "2"]) == [1, 2, 1, 2]
    assert asked == ["1", "2"]
    assert remembered.column([str(n) for n in range(20)]) == list(range(20))
    assert len(remembered) <= 3

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clothier.imports.selectors import reconciliation

pytestmark = pytest.mark.django_db
RUNS = count()
PRICES = st.decimals(min_value=0, max_value=5000, places=4) | st.decimals(min_value=0, max_value=5000, places=2)
# Number, quantity, price: few numbers, so that orders have several lines and come back further down the file.
LINES = st.tuples(st.sampled_from(["1", "2", "C3", "4"]), st.integers(-20, 20), PRICES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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

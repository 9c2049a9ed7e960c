"""Through a pooler that lends a connection for one transaction at a time, everything works as without."""

import pytest

from tests.cli.test_moving import SHOP

AT_WORK = (
    SHOP
    + """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from clothier.checkout.models import Order
from clothier.kernel import columns

def read(_):
    found = [row for block in columns.stream("SELECT id FROM eventlog_entry ORDER BY id", rows=7) for row in block]
    connection.close()
    return len(found)

with ThreadPoolExecutor(8) as pool:
    counts = set(pool.map(read, range(40)))
from clothier.eventlog.models import Entry
assert counts == {Entry.objects.count()}, counts
assert Order.objects.count() == 1
print(len(counts), Order.objects.count())
"""
)


@pytest.mark.slow
def test_a_shop_works_through_a_pooler(pooler, at_work):
    # Forty readers at once all read the same number of events, and the one order is there.
    assert at_work(AT_WORK, DATABASE_URL=pooler) == "1 1"

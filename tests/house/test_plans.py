"""What an index is there for is found by it: a till and a customer's page must not read a table to find a row."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clothier.checkout.models import Invoice
from clothier.conversations.services import note_state
from clothier.loyalty.selectors import balance
from clothier.rewards.selectors import used_for

WAYS: dict[str, Callable[[], object]] = {
    "lot_open": lambda: balance(1),
    "coupon_document": lambda: used_for("order:1"),
    "dispatch_number": lambda: note_state(number="m-1", state="read"),
    "invoice_number_once": lambda: Invoice.objects.filter(number="2").exclude(number="").exists(),
}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL concludes it, and reads a small table anyway")
@pytest.mark.parametrize("index", WAYS)
def test_an_index_of_rows_that_have_something_serves_the_question_for_them(db, index):
    with CaptureQueriesContext(connection) as asked:
        WAYS[index]()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
        plan = " ".join(str(row[3]) for row in cursor.fetchall())
    assert f"INDEX {index} " in plan

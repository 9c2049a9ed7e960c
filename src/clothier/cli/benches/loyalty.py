"""What a member with a long history waits for: the statement, the balance, the page on their phone; and earning."""

import time
from datetime import datetime, timedelta

from django.test import Client

from clothier.cli.benches.measuring import Figure, percentiles
from clothier.cli.benches.pages import page
from clothier.customers.selectors import by_external
from clothier.customers.services import register
from clothier.kernel import clock
from clothier.loyalty.contracts import Earning, EarnLine
from clothier.loyalty.selectors import balance, statement
from clothier.loyalty.services import earn_many, make_link

# Two lines an order, eight a day, so that nothing has expired.
ORDERS, LINES, BATCH = 5_000, 2, 500


def loyalty(customers: int) -> list[Figure]:
    """With 10 000 entries: first page, a page in the middle, the balance over 5 000 lots, the page of the phone."""
    member, rate = _member()
    place = None
    for _page in range(25):
        _rows, place = statement(member, before=place, limit=100)
    phone = Client(HTTP_HOST="localhost")
    phone.post(f"/me/open/{make_link(customer=member)}/")
    return [
        *percentiles("statement of 10 000 entries, first page", lambda: statement(member)),
        *percentiles("statement of 10 000 entries, the middle", lambda: statement(member, before=place)),
        *percentiles("balance over 5 000 lots", lambda: balance(member)),
        *page(phone, "/me/statement/"),
        *rate,
    ]


def _member() -> tuple[int, list[Figure]]:
    """Who has shopped that often; made the first time, and how many orders a second that earned."""
    known = by_external("import", "bench-loyalty")
    if known is not None:
        return known, []
    member = register(name="常客", external_id="bench-loyalty", source="import")
    now, began = clock.now(), time.process_time()
    for first in range(0, ORDERS, BATCH):
        earn_many(_order(member, n, now - timedelta(days=ORDERS - n) / 8) for n in range(first, first + BATCH))
    return member, [Figure("orders that earn", ORDERS / (time.process_time() - began), "orders/s")]


def _order(member: int, number: int, at: datetime) -> Earning:
    lines = tuple(EarnLine(number * LINES + line, 19_900 + 100 * line) for line in range(LINES))
    return Earning(f"bench:{number}", member, at, lines)

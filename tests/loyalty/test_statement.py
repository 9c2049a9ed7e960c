"""A statement tells each happening once, page by page, with nothing lost between pages."""

from clothier.customers.services import merge
from clothier.loyalty.selectors import statement
from clothier.loyalty.services import grant, reverse, spend
from tests.loyalty.ledger import back, bought

DAY = 86_400


def test_the_lines_of_an_order_are_one_row(lin, saturday):
    bought(lin, 1, 10_000, 5_000)
    saturday.advance(8 * DAY)
    grant(customer=lin, points=200, reason="birthday", key="b")
    spend(customer=lin, points=160, document="cart:1")

    rows, more = statement(lin)

    assert [(row.kind, row.source, row.points) for row in rows] == [
        ("spend", "cart", -160),
        ("grant", "grant", 200),
        ("earn", "order", 150),
    ]
    assert more is None


def test_pages_follow_each_other_without_gap_or_repetition(lin, saturday):
    for order in range(1, 26):
        bought(lin, order, *[100] * (order % 6 + 1))
        saturday.advance(60)

    seen, place = [], None
    while True:
        rows, place = statement(lin, before=place, limit=4)
        seen += [(row.document, row.points) for row in rows]
        if place is None:
            break

    assert seen == [(str(order), order % 6 + 1) for order in range(25, 0, -1)]


def test_one_persons_records_are_told_together_and_settling_is_not(lin, sun, saturday):
    bought(lin, 1, 10_000)
    saturday.advance(8 * DAY)
    spend(customer=lin, points=100, document="cart:1")
    bought(sun, 2, 30_000)
    merge(a=lin, b=sun)
    reverse(document="order:3", lines=[back(30, 10_000, 1, 10)])

    rows, _more = statement(sun)

    assert [row.points for row in rows] == [-100, 300, -100, 100]


def test_a_page_of_a_long_statement_takes_two_queries(lin, django_assert_num_queries):
    bought(lin, 1, *[100] * 200)
    with django_assert_num_queries(2):
        statement(lin)

"""Points follow orders of the till, whatever is told first and however often."""

from clothier.checkout.contracts import LineFacts, LineKind
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.points import move_points
from clothier.checkout.services import record_orders, record_return, record_sale
from clothier.eventlog.deliveries import run_due
from clothier.eventlog.models import Entry as Told
from clothier.loyalty.models import Entry
from clothier.loyalty.selectors import balance
from tests.checkout.facts import line, order
from tests.loyalty.ledger import differences


def deliver() -> None:
    while run_due():
        pass


def test_a_sale_of_a_known_customer_earns(lin):
    record_sale(source="pos", number="A1", lines=[line(), line("K2")], store=None, customer=lin)
    deliver()

    assert balance(lin).pending == 598


def test_a_discount_earns_nothing_and_is_shared_to_the_fen(lin):
    off = LineFacts(code="-10%", quantity=1, total_fen=-5_000, unit_price_fen=-5_000, kind=LineKind.DISCOUNT)
    record_sale(
        source="pos", number="A1", lines=[line(price=10_000), line("K2", price=20_000), off], store=None, customer=lin
    )
    deliver()

    assert list(Entry.objects.order_by("line").values_list("fen", "points")) == [(8_333, 83), (16_667, 166)]


def test_nobody_earns_for_an_import_or_in_another_currency(lin):
    record_orders(facts=[order("A1", customer=lin, batch=3), order("A2", customer=lin, currency="GBP")])
    deliver()

    assert Entry.objects.count() == 0


def test_a_return_takes_its_points_even_when_it_is_heard_of_first(lin):
    sold = record_sale(source="pos", number="A1", lines=[line()], store=None, customer=lin)
    first = OrderLine.objects.get(order=sold)
    record_return(
        source="pos", number="R1", lines=[line(quantity=-1)._replace(returned_line=first.pk)], store=None, customer=lin
    )
    back = list(Told.objects.filter(type="return.recorded"))
    move_points(back)
    move_points(back)
    deliver()

    assert balance(lin).pending == 0
    assert Entry.objects.count() == 2
    assert differences() == []


def test_an_order_with_goods_that_came_back_is_an_exchange(lin):
    sold = record_sale(source="pos", number="A1", lines=[line()], store=None, customer=lin)
    first = OrderLine.objects.get(order=sold)
    changed = [line(quantity=-1)._replace(returned_line=first.pk), line("K2071-L")]
    record_sale(source="pos", number="X1", lines=changed, store=None, customer=lin)
    deliver()

    assert balance(lin).pending == 299
    assert Order.objects.count() == 2
    assert list(Entry.objects.order_by("pk").values_list("kind", "points")) == [
        ("earn", 299),
        ("reverse", -299),
        ("exchange", 299),
    ]


def test_sixty_sales_at_once_are_told_in_a_bounded_number_of_queries(lin, django_assert_max_num_queries):
    record_orders(facts=[order(f"A{n}", customer=lin) for n in range(60)])
    with django_assert_max_num_queries(60):
        deliver()

    assert balance(lin).pending == 60 * 299

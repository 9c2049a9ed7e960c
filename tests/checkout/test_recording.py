import pytest

from clothier.checkout.contracts import OrderKind
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.services import record_orders, record_return, record_sale
from clothier.customers.models import Profile
from clothier.customers.selectors import card
from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from tests.checkout.facts import NOON, line, order, postage

pytestmark = pytest.mark.django_db


def test_a_sale_keeps_its_lines_and_adds_up_its_goods_apart_from_postage(cast, lin):
    sale = record_sale(
        source="pos",
        number="A1",
        store=cast.store.pk,
        customer=lin,
        actor=cast.zhou.pk,
        lines=[line(quantity=2, cost_fen=9900), postage()],
    )
    assert (sale.total_fen, sale.goods_fen, sale.pieces, sale.margin_fen) == (60800, 59800, 2, 40000)
    entry = Entry.objects.get(type="sale.recorded")
    assert entry.payload == {
        "order_id": sale.pk,
        "total_fen": 60800,
        "goods_fen": 59800,
        "lines": 2,
        "pieces": 2,
    }
    assert (entry.subject_kind, entry.subject_id, entry.customer_id, entry.store_id, entry.actor_id) == (
        "order",
        sale.pk,
        lin,
        cast.store.pk,
        cast.zhou.pk,
    )


def test_a_sale_told_twice_is_one_sale(cast):
    first = record_sale(source="pos", number="A1", store=cast.store.pk, lines=[line(), postage()])
    again = record_sale(source="pos", number="A1", store=cast.store.pk, lines=[postage(), line()])
    assert again.pk == first.pk
    assert (Order.objects.count(), OrderLine.objects.count(), Entry.objects.count()) == (1, 2, 1)


def test_the_same_number_with_other_goods_is_refused_and_changes_nothing(cast):
    record_sale(source="pos", number="A1", store=cast.store.pk, lines=[line()])
    with pytest.raises(Refused) as refusal:
        record_sale(source="pos", number="A1", store=cast.store.pk, lines=[line(quantity=2)])
    assert refusal.value.field == "number"
    assert OrderLine.objects.get().quantity == 1


def test_two_sources_may_use_the_same_number(cast):
    record_sale(source="pos", number="A1", store=cast.store.pk, lines=[line()])
    record_sale(source="web", number="A1", store=None, lines=[line(quantity=2)])
    assert Order.objects.count() == 2


def test_an_order_without_lines_is_refused(cast):
    with pytest.raises(Refused):
        record_sale(source="pos", number="A1", store=cast.store.pk, lines=[])


def test_profiles_count_purchases_and_what_came_back_of_them(cast, lin):
    record_sale(source="pos", number="A1", store=cast.store.pk, customer=lin, lines=[line(quantity=2), postage()])
    record_return(source="pos", number="R1", store=cast.store.pk, customer=lin, lines=[line(quantity=-1)])
    record_sale(source="pos", number="A1", store=cast.store.pk, customer=lin, lines=[line(quantity=2), postage()])
    seen = card(cast.viewer(cast.zhou), lin)
    assert (seen.orders, seen.spend_fen) == (1, 29900)


def test_the_margin_is_unknown_when_one_piece_has_no_cost(cast):
    sale = record_sale(source="pos", number="A1", store=None, lines=[line(cost_fen=9900), line("B1")])
    assert sale.margin_fen is None


def test_a_return_names_the_line_it_came_from_and_no_more_comes_back_than_was_sold(cast):
    record_sale(source="pos", number="A1", store=cast.store.pk, lines=[line(quantity=2)])
    sold = OrderLine.objects.get()
    back = line(quantity=-1, returned_line=sold.pk)
    first = record_return(source="pos", number="R1", store=cast.store.pk, lines=[back])
    assert (first.kind, first.total_fen, first.pieces) == ("return", -29900, -1)
    assert [x.pk for x in sold.returns.all()] == [first.lines.get().pk]
    with pytest.raises(Refused):
        record_return(source="pos", number="R2", store=cast.store.pk, lines=[line(quantity=-2, returned_line=sold.pk)])
    assert Order.objects.count() == 2
    record_return(source="pos", number="R3", store=cast.store.pk, lines=[back])
    assert Entry.objects.filter(type="return.recorded").count() == 2


def test_a_cancellation_is_told_apart_from_a_return(cast):
    gone = record_return(source="pos", number="C1", store=None, lines=[line(quantity=-1)], cancellation=True)
    assert gone.kind == OrderKind.CANCELLATION
    assert Entry.objects.get().payload["kind"] == "cancellation"


def test_a_bulk_says_what_is_new_what_was_there_and_what_contradicts(cast):
    record_orders(facts=[order("A1"), order("A2")])
    outcome = record_orders(facts=[order("A1"), order("A2", line(quantity=3)), order("A3", occurred_at=NOON)])
    assert [x.number for x in outcome.already] == ["A1"]
    assert [(x.facts.number, x.known_order) for x in outcome.contradictions] == [
        ("A2", Order.objects.get(number="A2").pk)
    ]
    assert outcome.recorded == [Order.objects.get(number="A3").pk]


def test_one_batch_may_tell_an_order_in_two_pieces_but_another_batch_may_not(cast):
    record_orders(facts=[order("A1", line("X"), batch=1), order("A1", line("Y"), batch=1)])
    assert list(Order.objects.order_by("part").values_list("number", "part")) == [("A1", 1), ("A1", 2)]
    again = record_orders(facts=[order("A1", line("Y"), batch=2), order("A1", line("Z"), batch=2)])
    assert (len(again.already), len(again.contradictions), len(again.recorded)) == (1, 1, 0)


def test_a_bulk_of_orders_asks_the_database_a_fixed_number_of_questions(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        record_orders(facts=[order(f"N{n}", store=cast.store.pk) for n in range(200)])
    assert Order.objects.count() == 200


def test_of_a_buyers_profile_only_the_columns_that_changed_are_written(cast, django_assert_max_num_queries):
    """A column named pays for its index in every row, whatever it said before."""
    lin = register(name="林晓梅")
    record_orders(facts=[order("A1", customer=lin)])
    with django_assert_max_num_queries(40) as asked:
        record_orders(facts=[order("A2", customer=lin)])
    (written,) = [one["sql"] for one in asked.captured_queries if 'UPDATE "customers_profile"' in one["sql"]]
    assert '"orders"' in written
    assert not [name for name in ("returns", "visits", "first_day", "currency") if f'"{name}" =' in written]
    assert Profile.objects.get(pk=lin).orders == 2

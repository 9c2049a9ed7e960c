"""From the first scan to the receipt, and back."""

import pytest

from clothier.catalog.selectors import stock_of
from clothier.checkout import services
from clothier.checkout.contracts import LineFacts
from clothier.checkout.models import Cart, Correction, Order, OrderLine, Reduction, Refund, Tender
from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.loyalty.selectors import balance, code_of
from clothier.loyalty.services import grant, review
from clothier.payments.models import Payment
from tests.checkout.shop import bought, confirmed, goods


@pytest.fixture
def shop(cast):
    return goods(cast.store.pk)


@pytest.fixture
def rich(cast):
    pk = register(name="林知夏", title="ms", store=cast.store.pk)
    grant(customer=pk, points=5000, reason="goodwill", key="g", actor=None)
    return pk


def test_a_scan_three_yeses_and_cash_make_a_sale_with_its_stock_its_payment_and_its_event(cast, shop):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="C2001-BLACK-M", actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="a1001-black-均码", actor=cast.zhou.pk)
    confirmed(cart)
    done = services.pay_cash(cart=cart.pk, tendered_fen=140_000, actor=cast.zhou.pk, key="c1")
    order = Order.objects.get()
    assert (done.state, done.order_id) == ("completed", order.pk)
    # ¥1,398 less ¥100 from ¥1,000 on, shared by what the pieces cost.
    assert (order.source, order.number, order.total_fen, order.pieces) == ("till", done.number, 129_800, 2)
    assert list(OrderLine.objects.order_by("pk").values_list("total_fen", flat=True)) == [120_608, 9_192]
    assert list(Reduction.objects.order_by("pk").values_list("kind", "key", "fen")) == [
        ("promotion", "thousand", 9_292),
        ("promotion", "thousand", 708),
    ]
    assert Payment.objects.get().captured_fen == 129_800
    assert list(Tender.objects.values_list("method", "fen", "points")) == [("cash", 129_800, 0)]
    assert stock_of(store=cast.store.pk, skus=[shop["C2001-BLACK-M"].pk]) == {shop["C2001-BLACK-M"].pk: 4}
    assert Entry.objects.filter(type="sale.recorded").count() == 1


def test_paying_twice_for_one_cart_makes_one_sale(cast, shop):
    cart = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk)
    again = services.pay_cash(cart=cart.pk, tendered_fen=200_000, actor=cast.zhou.pk, key="other")
    assert services.finish(cart=cart.pk, actor=cast.zhou.pk).pk == cart.order_id
    assert (again.order_id, Order.objects.count(), Payment.objects.get().captured_fen) == (cart.order_id, 1, 119_900)


def test_cash_for_a_waiting_cart_asks_the_database_few_questions(cast, shop, rich, django_assert_max_num_queries):
    for limit in (60, 44):
        cart = services.open_cart(store=cast.store.pk, customer=rich, actor=cast.zhou.pk)
        services.scan(cart=cart.pk, code="C2001-BLACK-M", actor=cast.zhou.pk)
        confirmed(cart)
        # What is looked up only once, the house rules for one, is known the second time.
        with django_assert_max_num_queries(limit):
            services.pay_cash(cart=cart.pk, tendered_fen=140_000, actor=cast.zhou.pk, key=f"c{cart.pk}")
    assert Order.objects.count() == 2


def test_nothing_is_paid_before_the_customer_said_yes_to_this_very_amount(cast, shop):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="C2001-BLACK-M", actor=cast.zhou.pk)
    confirmed(cart)
    services.scan(cart=cart.pk, code="C2001-BLACK-S", actor=cast.zhou.pk)
    with pytest.raises(Refused):
        services.pay_cash(cart=cart.pk, tendered_fen=300_000, actor=cast.zhou.pk, key="c")
    assert (Payment.objects.count(), Cart.objects.get().state) == (0, "open")
    with pytest.raises(Refused):
        services.confirm(cart=cart.pk, what="amount", fen=119_900, actor=cast.zhou.pk)


def test_a_price_that_changed_between_two_questions_is_asked_about_again(cast, shop, rich):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk, customer=rich)
    services.scan(cart=cart.pk, code="K2071-BLACK-M", actor=cast.zhou.pk)
    services.confirm(cart=cart.pk, what="goods", fen=39_900, actor=cast.zhou.pk)
    fur = [LineFacts("F1", 1, 2_000_000, 2_000_000)]
    services.record_sale(source="pos", number="another", lines=fur, store=cast.store.pk, customer=rich)
    # Black from now on, with five in a hundred off.
    assert review([rich]) == 1
    with pytest.raises(Refused):
        services.confirm(cart=cart.pk, what="amount", fen=39_900, actor=cast.zhou.pk)
    confirmed(cart)
    services.pay_cash(cart=cart.pk, tendered_fen=40_000, actor=cast.zhou.pk, key="c")
    assert list(Tender.objects.values_list("method", "fen")) == [("cash", 37_905)]


def test_part_cash_then_the_rest_and_the_sale_is_made_with_the_last_fen(cast, shop):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="K2071-BLACK-M", actor=cast.zhou.pk)
    confirmed(cart)
    waiting = services.pay_cash(cart=cart.pk, tendered_fen=20_000, actor=cast.zhou.pk, key="1")
    assert (waiting.state, Order.objects.count()) == ("paying", 0)
    with pytest.raises(Refused):
        services.scan(cart=cart.pk, code="K2071-BLACK-M", actor=cast.zhou.pk)
    with pytest.raises(Refused):
        services.reopen(cart=cart.pk, actor=cast.zhou.pk)
    done = services.pay_cash(cart=cart.pk, tendered_fen=20_000, actor=cast.zhou.pk, key="2")
    assert (done.state, Tender.objects.get().fen) == ("completed", 39_900)


def test_points_pay_what_the_customer_chose_and_go_back_to_their_lots(cast, shop, rich):
    cart = bought(cast.store.pk, "K2071-BLACK-M", actor=cast.zhou.pk, customer=rich, points=4_000)
    assert balance(rich).available == 1_000
    assert list(Tender.objects.order_by("fen").values_list("method", "fen", "points")) == [
        ("points", 4_000, 4_000),
        ("cash", 35_900, 0),
    ]
    line = OrderLine.objects.get()
    back = services.refund_lines(
        order=cart.order_id, pieces={line.pk: 1}, reason="unwanted", actor=cast.zhou.pk, key="r1"
    )
    assert (back.fen, back.points, balance(rich).available) == (39_900, 4_000, 5_000)
    assert Payment.objects.get().refunded_fen == 35_900
    assert (
        services.refund_lines(
            order=cart.order_id, pieces={line.pk: 1}, reason="unwanted", actor=cast.zhou.pk, key="r1"
        ).pk
        == back.pk
    )


def test_the_same_coat_in_another_size_is_one_event_and_moves_no_money(cast, shop):
    cart = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk)
    line = OrderLine.objects.get()
    swap = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.bring_back(cart=swap.pk, line=line.pk, quantity=1, actor=cast.zhou.pk)
    services.scan(cart=swap.pk, code="C2001-BLACK-S", actor=cast.zhou.pk)
    confirmed(swap)
    order = services.finish(cart=swap.pk, actor=cast.zhou.pk)
    assert [entry.type for entry in Entry.objects.filter(subject_kind="order").order_by("pk")] == [
        "sale.recorded",
        "order.exchanged",
    ]
    assert Payment.objects.count() == 1
    payment = Payment.objects.get()
    assert sorted(Tender.objects.values_list("order_id", "fen")) == sorted(
        [(cart.order_id, 119_900), (Refund.objects.get().order_id, -119_900), (order.pk, 119_900)]
    )
    # What was paid for the first coat is what the second one is paid back with.
    services.refund_lines(
        order=order.pk, pieces={order.lines.get().pk: 1}, reason="unwanted", actor=cast.zhou.pk, key="r"
    )
    payment.refresh_from_db()
    assert payment.refunded_fen == 119_900


def test_what_is_made_less_before_payment_leaves_a_trace(cast, shop):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="C2001-BLACK-M", quantity=2, actor=cast.zhou.pk)
    line = cart.lines.get()
    services.set_quantity(cart=cart.pk, line=line.pk, quantity=1, actor=cast.zhou.pk)
    with pytest.raises(Refused):
        services.correct_price(cart=cart.pk, line=line.pk, unit_price_fen=90_000, reason="吊牌旧价", actor=cast.zhou.pk)
    services.correct_price(
        cart=cart.pk, line=line.pk, unit_price_fen=90_000, reason="吊牌旧价", actor=cast.wu.pk, manager=True
    )
    services.remove(cart=cart.pk, line=line.pk, actor=cast.zhou.pk)
    assert list(Correction.objects.order_by("pk").values_list("what", "before", "after", "actor_id")) == [
        ("quantity", 2, 1, cast.zhou.pk),
        ("price", 129_900, 90_000, cast.wu.pk),
        ("removed", 1, 0, cast.zhou.pk),
    ]


def test_points_spent_elsewhere_meanwhile_do_not_undo_the_payment_but_are_asked_for(cast, shop, rich):
    from clothier.loyalty.services import spend

    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk, customer=rich)
    services.scan(cart=cart.pk, code="K2071-BLACK-M", actor=cast.zhou.pk)
    services.choose_points(cart=cart.pk, points=5_000, actor=cast.zhou.pk)
    confirmed(cart)
    services.begin(cart=cart.pk, actor=cast.zhou.pk)
    spend(customer=rich, points=5_000, document="gift:1")
    short = services.pay_cash(cart=cart.pk, tendered_fen=34_900, actor=cast.zhou.pk, key="1")
    assert (short.state, short.points, Payment.objects.get().captured_fen) == ("paying", 0, 34_900)
    done = services.pay_cash(cart=cart.pk, tendered_fen=5_000, actor=cast.zhou.pk, key="2")
    assert (done.state, Order.objects.get().total_fen) == ("completed", 39_900)


def test_a_changing_code_names_its_member_at_one_till_and_serves_nobody_who_photographed_it(cast, shop, rich, saturday):
    first, second = (services.open_cart(store=cast.store.pk, actor=cast.zhou.pk) for _ in range(2))
    earlier = code_of(rich)
    saturday.advance(30)
    shown = code_of(rich)
    assert services.name_member(cart=first.pk, code=shown, actor=cast.zhou.pk).customer_id == rich
    # The same till asked again, and a step later, changes nothing.
    assert services.name_member(cart=first.pk, code=shown, actor=cast.zhou.pk).customer_id == rich
    for used in (shown, earlier):
        with pytest.raises(Refused, match="已经用过"):
            services.name_member(cart=second.pk, code=used, actor=cast.zhou.pk)
    saturday.advance(30)
    assert services.name_member(cart=second.pk, code=code_of(rich), actor=cast.zhou.pk).customer_id == rich

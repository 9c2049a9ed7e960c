"""Two hands at once, and deaths between two steps."""

import threading

import pytest
from django.db import connection, connections, transaction

from clothier.checkout import services
from clothier.checkout.models import Cart, Order, Tender
from clothier.eventlog.deliveries import run_due
from clothier.eventlog.models import Entry
from clothier.payments.models import Payment
from clothier.payments.services import take_cash
from tests.cast import assemble
from tests.checkout.shop import confirmed, goods


def _both(work, *told):
    """Run the work with each of these at the same moment; what came of each."""
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")
    gate, found = threading.Barrier(len(told)), []

    def run(one):
        try:
            gate.wait()
            found.append(work(one))
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def ready(transactional_db, saturday):
    """A cart that only waits for the money."""
    cast = assemble()
    goods(cast.store.pk)
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="C2001-BLACK-M", actor=cast.zhou.pk)
    confirmed(cart)
    return cast, cart.pk


def test_two_taps_at_the_same_moment_make_one_sale_and_take_the_money_once(ready):
    cast, cart = ready
    _both(
        lambda key: services.pay_cash(cart=cart, tendered_fen=120_000, actor=cast.zhou.pk, key=key).order_id,
        "left",
        "right",
    )
    assert Order.objects.count() == 1
    assert Payment.objects.get().captured_fen == 119_900
    assert Tender.objects.get().fen == 119_900
    assert Entry.objects.filter(type="sale.recorded").count() == 1


def test_notification_question_and_tap_at_the_same_moment_complete_once(ready):
    cast, cart = ready
    payment = services.begin(cart=cart, actor=cast.zhou.pk)
    take_cash(payment=payment, tendered_fen=119_900, key="k", actor=cast.zhou.pk)
    found = _both(lambda _one: getattr(services.settle(cart=cart), "pk", None), 1, 2, 3)
    assert set(found) == {Order.objects.get().pk}


def test_a_till_that_died_after_the_money_came_is_finished_by_the_worker(ready):
    cast, cart = ready
    with transaction.atomic():
        payment = services.begin(cart=cart, actor=cast.zhou.pk)
        take_cash(payment=payment, tendered_fen=119_900, key="k", actor=cast.zhou.pk)
    assert (Cart.objects.get().state, Order.objects.count()) == ("paying", 0)
    while run_due():
        pass
    assert (Cart.objects.get().state, Order.objects.get().total_fen) == ("completed", 119_900)

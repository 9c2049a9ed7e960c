"""Money given back over the API while the customer keeps the goods: the books say so, and the day agrees."""

from datetime import date

import pytest
from django.db.models import Sum
from django.test import Client
from django.utils.translation import override

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.checkout import services
from clothier.checkout.models import Order, OrderLine, Refund, Tender
from clothier.desks.finance.ledgers import as_csv
from clothier.desks.finance.words import line_word
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.payments.models import Payment
from clothier.settlement.contracts import ALLOWANCES, RETURNS
from clothier.settlement.models import Difference
from clothier.settlement.rules.ledger import Row
from clothier.settlement.selectors import day_figures, ledger
from clothier.settlement.services import close_day
from clothier.settlement.services.matching import settle
from tests.api.conftest import Machine
from tests.cast import Cast
from tests.checkout.shop import bought, confirmed, goods

COAT = 119_900


@pytest.fixture
def machine(cast: Cast) -> Machine:
    goods(cast.store.pk)
    return Machine(Client(), create_key(name="erp", scopes=[Scope.PAYMENTS_WRITE]))


def ask_back(machine: Machine, number: str, fen: int) -> int:
    payment = Payment.objects.order_by("pk").first()
    asked = {"number": number, "amount_fen": fen, "reason": "袖口脱线，顾客留下"}
    return int(machine.post(f"payments/{payment.pk}/refunds", asked).status_code)


def differences(cast: Cast) -> list[Difference]:
    settle(day=close_day(store=cast.store.pk, day=clock.now().date(), actor=None).pk)
    return list(Difference.objects.all())


def test_a_price_given_back_without_goods_is_a_return_of_its_own_that_names_the_reason(cast, machine):
    cart = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk)
    assert [ask_back(machine, "R-1", 20_000) for _time in range(2)] == [202, 202]
    refund = Refund.objects.get()
    assert (refund.sale_id, refund.fen, refund.points, refund.reason) == (cart.order_id, 20_000, 0, "other")
    line = OrderLine.objects.get(order=refund.order_id)
    assert (line.kind, line.total_fen, line.description) == ("adjustment", -20_000, "袖口脱线，顾客留下")
    assert Tender.objects.aggregate(fen=Sum("fen"))["fen"] == COAT - 20_000
    assert differences(cast) == []


def test_what_was_given_back_so_does_not_go_back_again_with_the_goods(cast, machine):
    cart = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk)
    ask_back(machine, "R-1", 20_000)
    line = OrderLine.objects.get(order=cart.order_id)
    back = services.refund_lines(order=cart.order_id, pieces={line.pk: 1}, reason="size", actor=None, key="all")
    assert (back.fen, Payment.objects.get().refunded_fen) == (COAT - 20_000, COAT)
    assert differences(cast) == []


def test_money_given_back_before_the_sale_was_made_is_asked_for_again(cast, machine):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="C2001-BLACK-M", actor=cast.zhou.pk)
    confirmed(cart)
    services.pay_cash(cart=cart.pk, tendered_fen=50_000, amount_fen=50_000, actor=cast.zhou.pk, key="a")
    assert ask_back(machine, "R-1", 50_000) == 202
    services.pay_cash(cart=cart.pk, tendered_fen=COAT - 50_000, actor=cast.zhou.pk, key="b")
    assert Order.objects.count() == 0
    services.pay_cash(cart=cart.pk, tendered_fen=50_000, actor=cast.zhou.pk, key="c")
    assert Order.objects.get().total_fen == Tender.objects.aggregate(fen=Sum("fen"))["fen"] == COAT
    assert differences(cast) == []


def test_the_accounts_tell_a_price_given_back_from_goods_that_came_back(cast, machine):
    kept, returned = (bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk) for _time in range(2))
    ask_back(machine, "R-1", 20_000)
    services.refund_goodwill(order=kept.order_id, fen=10_000, actor=cast.zhou.pk, key="g")
    line = OrderLine.objects.get(order=returned.order_id)
    services.refund_lines(order=returned.order_id, pieces={line.pk: 1}, reason="size", actor=None, key="all")
    day = close_day(store=cast.store.pk, day=clock.now().date(), actor=None).pk
    lines = day_figures(day).lines
    assert [(lines[line].refunds, lines[line].refund_fen) for line in (RETURNS, ALLOWANCES)] == [
        (1, -COAT),
        (2, -30_000),
    ]
    (booked,) = ledger(SYSTEM, first=date.min, last=date.max)
    assert [row for row in booked.rows if row.post == "allowance"] == [Row("allowance", "", 26_549, 0)]
    settle(day=day)
    assert not Difference.objects.exists()
    with override("en"):
        assert (line_word(ALLOWANCES), line_word(RETURNS)) == ("Price given back, goods kept", "Return")
        assert "6001.09,Price given back on goods kept" in as_csv([booked]).decode()

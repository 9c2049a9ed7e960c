"""Killed between any two steps, and started again: nobody pays twice, and no money is lost from sight.

A step is a statement to the database or a request to a provider. What a killed process had not committed is gone, what
the provider did stays done.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from clothier.kernel.errors import Refused
from clothier.payments import services
from clothier.payments.contracts import Method, PaymentState
from clothier.payments.models import Attempt, Payment
from clothier.payments.providers import wire
from clothier.payments.providers.standin import Act
from clothier.payments.selectors import payment_differences

_NOT_STEPS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Killed(BaseException):
    """As the kernel does it: no handler of the product's hears of it."""


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The steps taken; the process dies before the one of that number, or after it where it is a request."""
    taken = [0]

    def count() -> None:
        taken[0] += 1
        if taken[0] == step:
            raise Killed

    def statement(execute, sql, params, many, context):
        if not sql.startswith(_NOT_STEPS):
            count()
        return execute(sql, params, many, context)

    def request(*args, **more):
        count()
        answered = wire.request(*args, **more)
        count()
        return answered

    with monkeypatch.context() as patch, connection.execute_wrapper(statement):
        for name in ("wechat", "alipay", "card"):
            patch.setattr(f"clothier.payments.providers.{name}.provider.request", request)
        yield taken


def survive(step: int, monkeypatch: pytest.MonkeyPatch, deed) -> bool:
    """Whether the deed was killed."""
    with killed_at(step, monkeypatch):
        try:
            deed()
        except Killed:
            return True
    return False


def steps_of(monkeypatch: pytest.MonkeyPatch, deed) -> int:
    with killed_at(-1, monkeypatch) as taken:
        deed()
    return taken[0]


def agree(shop, bill: Payment) -> None:
    """What providers and drawer hold is what the payment says it has, and the books agree with themselves."""
    seen = shop.see(bill)
    drawer = sum(a.captured_fen - a.refunded_fen for a in Attempt.objects.filter(payment=bill, method="cash"))
    assert shop.held_fen + drawer == seen.captured_fen - seen.refunded_fen
    assert seen.captured_fen <= seen.amount_fen
    assert list(payment_differences()) == []


@pytest.mark.parametrize("method", [Method.WECHAT, Method.ALIPAY, Method.CARD])
def test_a_till_that_dies_and_tries_again_takes_the_money_once(shop, monkeypatch, method):
    # Once before, so that the provider's keys are known: fetching them would be steps of the first run only.
    shop.pay(shop.bill(key="before"), method)
    first = shop.bill(key="0")
    steps = steps_of(monkeypatch, lambda: shop.pay(first, method))
    assert steps > 15
    shop.book(method).trades.clear()
    for step in range(1, steps + 1, 1 if method is Method.WECHAT else 4):
        bill = shop.bill(key=f"{method}{step}")
        assert survive(step, monkeypatch, lambda bill=bill: shop.pay(bill, method))
        shop.wait(5)
        if shop.see(bill).state is PaymentState.OPEN:
            shop.pay(bill, method)
        shop.hear(method)
        shop.wait(120)
        if shop.see(bill).state is PaymentState.OPEN:
            shop.pay(bill, method, "again")
        assert shop.see(bill).state is PaymentState.PAID
        services.refund(payment=bill.pk, amount_fen=29_900, key="all", actor=None)
        shop.wait(10)
        agree(shop, bill)
        shop.book(method).trades.clear()


def test_a_till_that_dies_and_takes_cash_instead_gives_back_what_comes_late(shop, monkeypatch):
    first = shop.bill(key="0")
    steps = steps_of(monkeypatch, lambda: shop.pay(first, Method.WECHAT))
    shop.book(Method.WECHAT).trades.clear()
    for step in range(1, steps + 1, 2):
        bill = shop.bill(key=f"cash{step}")
        survive(step, monkeypatch, lambda bill=bill: shop.pay(bill, Method.WECHAT))
        if shop.see(bill).state is PaymentState.OPEN:
            services.take_cash(payment=bill.pk, tendered_fen=29_900, key="cash", actor=None)
        shop.hear(Method.WECHAT)
        shop.wait(200)
        assert shop.see(bill).state is PaymentState.PAID
        agree(shop, bill)
        shop.book(Method.WECHAT).trades.clear()


@pytest.mark.parametrize("method", [Method.WECHAT, Method.ALIPAY, Method.CARD])
def test_a_refund_killed_anywhere_gives_the_money_back_once(shop, monkeypatch, method):
    def refund(bill: Payment) -> None:
        services.refund(payment=bill.pk, amount_fen=9_900, key="r", actor=None)
        shop.clock.advance(1)
        services.work_due()

    first = shop.bill(key="0")
    shop.pay(first, method)
    steps = steps_of(monkeypatch, lambda: refund(first))
    assert steps > 15
    for step in range(1, steps + 1, 2 if method is Method.WECHAT else 5):
        shop.book(method).trades.clear()
        bill = shop.bill(key=f"{method}{step}")
        shop.pay(bill, method)
        assert survive(step, monkeypatch, lambda bill=bill: refund(bill))
        services.refund(payment=bill.pk, amount_fen=9_900, key="r", actor=None)
        shop.wait(130)
        assert shop.book(method).kept_fen == 20_000
        agree(shop, bill)
        with pytest.raises(Refused):
            services.refund(payment=bill.pk, amount_fen=20_001, key="more", actor=None)


def test_a_worker_killed_while_it_asks_asks_again(shop, monkeypatch):
    def ask() -> None:
        shop.clock.advance(20)
        services.work_due()

    shop.script(Method.ALIPAY, Act(silent="after"))
    first = shop.bill(key="0")
    shop.pay(first, Method.ALIPAY)
    steps = steps_of(monkeypatch, ask)
    for step in range(1, steps + 1, 3):
        shop.book(Method.ALIPAY).trades.clear()
        shop.script(Method.ALIPAY, Act(silent="after"))
        bill = shop.bill(key=str(step))
        shop.pay(bill, Method.ALIPAY)
        survive(step, monkeypatch, ask)
        shop.wait(130)
        assert shop.see(bill).state is PaymentState.PAID
        agree(shop, bill)

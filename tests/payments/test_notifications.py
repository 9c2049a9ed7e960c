"""Notifications over HTTP: signed, of this moment, taken once, in any order; whatever else comes touches no row."""

import random

import pytest
from django.test import Client
from django.urls import reverse

from clothier.payments import services
from clothier.payments.contracts import AttemptState, Method, PaymentState, Said
from clothier.payments.models import Discrepancy, Evidence, Notification
from clothier.payments.providers.standin import Act

NOTIFYING = pytest.mark.parametrize("method", [Method.WECHAT, Method.ALIPAY])


def post(method: Method, headers, body):
    names = {name: value for name, value in headers.items() if name != "Content-Type"}
    address = reverse("payments:notification", args=[{Method.WECHAT: "wechat", Method.ALIPAY: "alipay"}[method]])
    return Client().post(address, data=body, content_type=headers["Content-Type"], headers=names)


@pytest.fixture
def told(shop, method):
    """A bill whose payment was made in silence, and the provider's notification of it."""
    bill = shop.bill()
    shop.script(method, Act(silent="after"))
    attempt = shop.pay(bill, method)
    return bill, attempt, *shop.standin(method).outbox[0]


@NOTIFYING
def test_the_first_is_taken_and_the_second_thanked(shop, method, told):
    bill, _attempt, headers, body = told
    answers = [post(method, headers, body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].content == (
        b"success" if method is Method.ALIPAY else '{"code": "SUCCESS", "message": "成功"}'.encode()
    )
    assert shop.see(bill).state is PaymentState.PAID
    assert (Notification.objects.count(), Evidence.objects.filter(verb="notification").count()) == (1, 1)


@NOTIFYING
def test_a_tampered_one_is_refused_in_the_providers_words(shop, method, told):
    bill, _attempt, headers, body = told
    for place in random.Random(7).sample(range(len(body)), 40):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        answer = post(method, headers, changed)
        assert (answer.status_code, answer.content) in [
            (200, b"fail"), (401, '{"code": "FAIL", "message": "验签失败"}'.encode()),
        ]  # fmt: skip
    assert shop.see(bill).captured_fen == 0
    assert Notification.objects.count() == 0


@NOTIFYING
def test_one_signed_by_somebody_else_is_refused(shop, method, told, monkeypatch):
    bill, _attempt, _headers, _body = told
    standin, other = shop.standin(method), type(shop.standin(method))(now=shop.standin(method).book.now)
    for name in ("app", "seller", "merchant", "secret"):
        monkeypatch.setattr(other, name, getattr(standin, name, None), raising=False)
    other.tell(next(iter(standin.book.trades.values())), "")
    answer = post(method, *other.outbox[0])
    assert answer.status_code == (200 if method is Method.ALIPAY else 401)
    assert b"success" not in answer.content.lower()
    assert shop.see(bill).captured_fen == 0


@NOTIFYING
def test_one_of_the_day_before_yesterday_is_a_replay(shop, method, told):
    bill, _attempt, headers, body = told
    shop.clock.advance(27 * 3600)
    assert b"success" not in post(method, headers, body).content.lower()
    assert shop.see(bill).captured_fen == 0


def test_a_wechat_signature_is_of_these_five_minutes(shop):
    bill = shop.bill()
    shop.script(Method.WECHAT, Act(silent="after"))
    shop.pay(bill, Method.WECHAT)
    headers, body = shop.standin(Method.WECHAT).outbox[0]
    shop.clock.advance(301)
    assert post(Method.WECHAT, headers, body).status_code == 401
    stale = {**headers, "Wechatpay-Timestamp": str(int(shop.clock.now().timestamp()))}
    assert post(Method.WECHAT, stale, body).status_code == 401


def test_after_wechat_changed_its_keys_the_new_ones_are_fetched_and_old_ones_hold_no_more(shop):
    bill = shop.bill()
    shop.pay(bill, Method.WECHAT)
    old = shop.standin(Method.WECHAT).outbox[0]
    shop.standin(Method.WECHAT).change_keys()
    shop.clock.advance(70)
    assert shop.pay(shop.bill(key="cart:8"), Method.WECHAT).state == AttemptState.CAPTURED
    assert post(Method.WECHAT, *old).status_code == 401


@NOTIFYING
def test_garbage_of_every_kind_is_refused_without_a_row(shop, method):
    for body in (b"", b"{}", b"\xff\xfe", b"a=b&sign=x&sign_type=RSA2", b"[1]", b"&" * 5000):
        answer = post(method, {"Content-Type": "application/x-www-form-urlencoded"}, body)
        assert answer.status_code in (200, 400, 401)
        assert b"success" not in answer.content.lower()
    huge = post(method, {"Content-Type": "text/plain"}, b"x" * 70_000)
    assert huge.status_code == 413
    assert Notification.objects.count() == 0


def test_a_provider_that_is_not_connected_or_never_notifies_has_no_address(shop, settings):
    assert Client().post("/payments/notifications/card/").status_code == 404
    settings.PAYMENTS = {}
    assert Client().post("/payments/notifications/wechat/").status_code == 404
    assert Client().get("/payments/notifications/wechat/").status_code == 405


@NOTIFYING
def test_money_for_a_number_nobody_knows_is_kept_for_a_person(shop, method):
    shop.book(method).charge("somebody-elses", 5_000, "CNY")
    assert [reply.status for reply in shop.hear(method)] == [200]
    found = Discrepancy.objects.get()
    assert (found.kind, found.told["fen"], found.told["number"]) == ("stranger", 5_000, "somebody-elses")


@NOTIFYING
def test_success_after_failure_is_captured_and_kept_as_a_contradiction(shop, method):
    bill = shop.bill()
    shop.script(method, Act(ends=Said.WAITING, silent="after"))
    attempt = shop.pay(bill, method)
    trade = shop.book(method).trades[attempt.number]
    services.give_up(attempt=attempt.pk)
    trade.said = Said.WAITING
    shop.book(method).confirm(trade.number)
    shop.hear(method)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.CAPTURED
    assert Discrepancy.objects.get().kind == "after_end"
    services.settle_discrepancy(discrepancy=Discrepancy.objects.get().pk, note="顾客确实付了", actor=None)
    assert Discrepancy.objects.filter(settled_at=None).count() == 0


def test_dollars_for_yuan_wait_for_a_person(shop):
    bill = shop.bill()
    shop.script(Method.WECHAT, Act(silent="after", lies="currency"))
    shop.pay(bill, Method.WECHAT)
    shop.hear(Method.WECHAT)
    assert Discrepancy.objects.get().kind == "currency"
    assert shop.see(bill).captured_fen == 0


@NOTIFYING
def test_refund_notifications_in_any_order_and_number_end_one_refund(shop, method):
    bill = shop.bill()
    shop.pay(bill, method)
    services.refund(payment=bill.pk, amount_fen=9_900, key="r", actor=None)
    shop.wait(3)
    box = shop.standin(method).outbox
    box.extend(box[:])
    random.Random(3).shuffle(box)
    shop.hear(method)
    assert bill.refunds.get().state == "done"
    assert (shop.see(bill).captured_fen, shop.see(bill).refunded_fen) == (29_900, 9_900)
    assert Discrepancy.objects.count() == 0

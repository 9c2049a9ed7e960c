"""The contract of a provider, held by each against its stand-in: real signatures over real HTTP."""

import pytest

from clothier.kernel.errors import Refused
from clothier.payments import services
from clothier.payments.contracts import AttemptState, Cause, Method, PaymentState, Said, Step, next_step
from clothier.payments.models import Discrepancy, Evidence, RefundPart
from clothier.payments.providers.standin import Act
from clothier.payments.selectors import say_step

ALL = [Method.WECHAT, Method.ALIPAY, Method.CARD]
NOTIFYING = [Method.WECHAT, Method.ALIPAY]
every = pytest.mark.parametrize("method", ALL)


@every
def test_paid_at_once(shop, method):
    bill = shop.bill()
    taken = shop.pay(bill, method)
    assert (taken.state, taken.captured_fen) == (AttemptState.CAPTURED, 29_900)
    assert taken.provider_number == shop.book(method).trades[taken.number].reference[: len(taken.provider_number)]
    assert shop.see(bill).state is PaymentState.PAID
    assert taken.fee_fen == (164 if method is Method.CARD else 179)


@every
def test_the_same_key_charges_once(shop, method):
    bill = shop.bill()
    first, second = shop.pay(bill, method), shop.pay(bill, method)
    assert first.pk == second.pk
    assert shop.held_fen == 29_900


@every
@pytest.mark.parametrize("cause", [Cause.INSUFFICIENT, Cause.LIMIT, Cause.DECLINED])
def test_a_refusal_says_why_and_leaves_another_way_open(shop, method, cause):
    bill = shop.bill()
    shop.script(method, Act(ends=Said.FAILED, cause=cause))
    refused = shop.pay(bill, method)
    assert (refused.state, refused.cause) == (AttemptState.FAILED, cause)
    step = next_step(shop.see(bill))
    assert (step.step, step.fen, step.cause) == (Step.ANOTHER, 29_900, cause)
    assert shop.pay(bill, Method.CARD, "b").state == AttemptState.CAPTURED
    assert shop.held_fen == 29_900


@every
def test_a_customer_who_confirms_late_has_paid(shop, method):
    bill = shop.bill()
    shop.script(method, Act(ends=Said.WAITING, confirms=20))
    assert shop.pay(bill, method).state == AttemptState.WAITING
    assert next_step(shop.see(bill)).step is Step.CONFIRMING
    shop.wait(40)
    assert shop.see(bill).state is PaymentState.PAID


@every
def test_who_never_confirms_is_called_off_after_a_minute_and_a_half(shop, method):
    bill = shop.bill()
    shop.script(method, Act(ends=Said.WAITING))
    shop.pay(bill, method)
    shop.wait(180)
    attempt = shop.see(bill).attempts[0]
    assert (attempt.state, attempt.cause) == (AttemptState.CANCELLED, Cause.NOT_CONFIRMED)
    assert shop.book(method).trades[attempt.number].said is Said.CANCELLED


@every
def test_silence_after_the_money_moved_is_asked_about_and_found(shop, method):
    bill = shop.bill()
    shop.script(method, Act(silent="after"))
    assert shop.pay(bill, method).state == AttemptState.STARTED
    assert next_step(shop.see(bill)).step is Step.ASKING
    shop.wait(30)
    assert shop.see(bill).state is PaymentState.PAID
    assert shop.held_fen == 29_900


@every
def test_silence_before_anything_moved_ends_the_attempt_and_bars_its_number(shop, method):
    bill = shop.bill()
    shop.script(method, Act(silent="before"))
    attempt = shop.pay(bill, method)
    shop.wait(60)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.cause) == (AttemptState.CANCELLED, Cause.NOT_SENT)
    assert shop.book(method).trades[attempt.number].said is Said.CANCELLED


@every
def test_another_try_while_the_first_is_in_doubt_finds_the_first_one_paid(shop, method):
    bill = shop.bill()
    shop.script(method, Act(silent="after"))
    first = shop.pay(bill, method)
    assert shop.pay(bill, Method.CARD, "b").pk == first.pk
    assert shop.held_fen == 29_900


@every
def test_a_refund_goes_back_in_pieces_and_never_more(shop, method):
    bill = shop.bill()
    shop.pay(bill, method)
    for key, fen in (("r1", 9_900), ("r2", 10_000)):
        services.refund(payment=bill.pk, amount_fen=fen, key=key, actor=None)
    shop.wait(5)
    assert [part.state for part in RefundPart.objects.all()] == ["done", "done"]
    assert shop.held_fen == 10_000
    with pytest.raises(Refused):
        services.refund(payment=bill.pk, amount_fen=10_001, key="r3", actor=None)


@every
def test_what_was_said_is_kept_and_no_secret_with_it(shop, method):
    bill = shop.bill()
    shop.pay(bill, method)
    kept = Evidence.objects.get()
    text = f"{kept.asked}{kept.answered}"
    assert kept.status == 200
    assert bill.attempts.get().number in text
    for secret in ("134567890123456789", "281234567890123456", "secret", "PRIVATE"):
        assert secret not in text


@every
def test_a_provider_that_does_not_know_us_is_told_to_the_till_at_once(shop, method, settings):
    wrong = {**settings.PAYMENTS[shop.standin(method).name]}
    wrong |= {"secret": "x" * 32} if method is Method.CARD else {"key": settings.PAYMENTS["alipay"]["key"]}
    if method is Method.ALIPAY:
        wrong["key"] = settings.PAYMENTS["wechat"]["key"]
    settings.PAYMENTS = {**settings.PAYMENTS, shop.standin(method).name: wrong}
    refused = shop.pay(shop.bill(), method)
    # A terminal whose MAC we cannot check says nothing that can be believed.
    told = (AttemptState.STARTED, "") if method is Method.CARD else (AttemptState.FAILED, Cause.MISCONFIGURED)
    assert (refused.state, refused.cause) == told
    assert shop.held_fen == 0


@pytest.mark.parametrize("method", NOTIFYING)
def test_our_code_is_shown_until_the_customer_has_scanned_it(shop, method):
    bill = shop.bill()
    shown = shop.pay(bill, method, code="")
    assert shown.show.startswith(("weixin://", "https://qr.alipay.com/"))
    assert next_step(shop.see(bill)).step is Step.SHOW
    shop.wait(10)
    shop.book(method).confirm(shown.number)
    assert [reply.status for reply in shop.hear(method)] == [200]
    assert shop.see(bill).state is PaymentState.PAID


def test_a_code_of_another_wallet_is_refused_before_anybody_is_asked(shop):
    with pytest.raises(Refused):
        shop.pay(shop.bill(), Method.WECHAT, code="281234567890123456")


def test_instalments_over_six_months_cost_the_house_their_fee(shop):
    bill = shop.bill(100_000)
    with pytest.raises(Refused):
        shop.pay(bill, Method.INSTALMENTS, code="", months=5)
    shown = shop.pay(bill, Method.INSTALMENTS, code="", months=6)
    shop.book(Method.INSTALMENTS).confirm(shown.number)
    shop.hear(Method.ALIPAY)
    shown.refresh_from_db()
    assert (shown.state, shown.fee_fen) == (AttemptState.CAPTURED, 5_100)
    assert Evidence.objects.first().asked["extend_params"] == {"hb_fq_num": "6", "hb_fq_seller_percent": "100"}


def test_a_late_success_after_another_payment_goes_back_and_is_shown(shop):
    bill = shop.bill()
    shop.script(Method.WECHAT, Act(silent="after", notices=1))
    late = shop.pay(bill, Method.WECHAT)
    services.take_cash(payment=bill.pk, tendered_fen=29_900, key="b", actor=None)
    shop.hear(Method.WECHAT)
    late.refresh_from_db()
    assert late.state == AttemptState.SURPLUS
    step = next_step(shop.see(bill))
    assert (step.step, step.fen) == (Step.RETURNED, 29_900)
    assert "¥299" in say_step(step)
    shop.wait(5)
    assert shop.held_fen == 0
    assert (shop.see(bill).captured_fen, shop.see(bill).refunded_fen) == (29_900, 0)


@pytest.mark.parametrize("method", NOTIFYING)
def test_a_notification_of_another_sum_is_money_given_back_and_a_discrepancy(shop, method):
    bill = shop.bill()
    shop.script(method, Act(silent="after", lies="amount"))
    attempt = shop.pay(bill, method)
    shop.hear(method)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.captured_fen) == (AttemptState.SURPLUS, 29_901)
    assert Discrepancy.objects.get().kind == "amount"
    assert shop.see(bill).captured_fen == 0

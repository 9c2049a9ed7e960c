"""Cash at the till: taken once, change told, mixed with other money, given back to the fen."""

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.payments import services
from clothier.payments.contracts import Method, PaymentState, Step, next_step
from clothier.payments.selectors import offers, say_step, view


@pytest.fixture
def bill(cast):
    """¥299.00 in the first store."""
    return services.open_payment(
        subject=Ref("cart", 7), amount_fen=29_900, store=cast.store.pk, actor=cast.zhou.pk, key="cart:7"
    )


def pay_cash(payment, fen, key="a"):
    return services.take_cash(payment=payment.pk, tendered_fen=fen, key=key, actor=None)


def test_a_payment_is_opened_once_for_one_key(bill, cast):
    again = services.open_payment(subject=Ref("cart", 7), amount_fen=29_900, store=cast.store.pk, key="cart:7")
    assert again.pk == bill.pk
    with pytest.raises(Refused):
        services.open_payment(subject=Ref("cart", 7), amount_fen=30_000, store=cast.store.pk, key="cart:7")


def test_three_hundred_for_299_gives_one_yuan_change(bill):
    assert next_step(view(bill.pk)).step is Step.CHOOSE
    taken = pay_cash(bill, 30_000)
    assert (taken.captured_fen, taken.tendered_fen) == (29_900, 30_000)
    step = next_step(view(bill.pk))
    assert (step.step, step.fen) == (Step.GIVE_CHANGE, 100)
    assert str(say_step(step)).endswith("¥1")


def test_the_same_cash_told_twice_is_taken_once(bill):
    pay_cash(bill, 10_000)
    pay_cash(bill, 10_000)
    assert view(bill.pk).outstanding_fen == 19_900


def test_cash_is_taken_in_pieces_until_it_is_paid_and_then_no_more(bill):
    pay_cash(bill, 9_900)
    pay_cash(bill, 20_000, "b")
    assert view(bill.pk).state is PaymentState.PAID
    with pytest.raises(Refused):
        pay_cash(bill, 100, "c")


def test_a_cash_refund_is_done_at_once_and_never_more_than_was_paid(bill):
    pay_cash(bill, 29_900)
    services.refund(payment=bill.pk, amount_fen=9_900, key="r1", actor=None)
    services.refund(payment=bill.pk, amount_fen=9_900, key="r1", actor=None)
    assert view(bill.pk).refundable_fen == 20_000
    with pytest.raises(Refused):
        services.refund(payment=bill.pk, amount_fen=20_001, key="r2", actor=None)
    done = services.refund(payment=bill.pk, amount_fen=20_000, key="r3", actor=None)
    assert done.parts.get().state == "done"
    assert view(bill.pk).refundable_fen == 0


def test_a_cancelled_payment_gives_the_cash_back_by_hand(bill):
    pay_cash(bill, 9_900)
    services.cancel(payment=bill.pk, actor=None)
    refund = bill.refunds.get()
    assert (refund.automatic, refund.amount_fen, refund.state) == (True, 9_900, "requested")
    services.pay_out(part=refund.parts.get().pk, actor=None)
    refund.refresh_from_db()
    assert refund.state == "done"


def test_what_happened_is_in_the_log(bill):
    pay_cash(bill, 29_900)
    services.refund(payment=bill.pk, amount_fen=100, key="r", actor=None)
    told = list(Entry.objects.filter(subject_kind="payment", subject_id=bill.pk).order_by("pk"))
    assert [entry.type for entry in told] == [
        "payment.opened", "payment.attempted", "payment.captured", "refund.requested", "refund.done",
    ]  # fmt: skip
    assert told[2].payload == {
        "payment_id": bill.pk, "attempt_id": bill.attempts.get().pk, "of": "cart:7", "method": "cash", "fen": 29_900,
        "paid": True,
    }  # fmt: skip


def test_what_cannot_be_paid_with_is_told_beforehand(bill, cast):
    why = {each.method: (each.why, each.limit_fen) for each in offers(store=cast.store.pk, fen=29_900)}
    assert why[Method.CASH] == ("", 0)
    assert why[Method.TRANSFER] == ("too_little", 500_000)
    assert why[Method.INSTALMENTS] == ("too_little", 60_000)
    assert why[Method.WECHAT] == ("not_connected", 0)
    with pytest.raises(Refused):
        services.attempt(payment=bill.pk, method=Method.TRANSFER, key="t")

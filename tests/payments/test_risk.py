"""Risk rules flag and never hold up; people review; problems are counted where they happened."""

from datetime import timedelta

import pytest
from django.test import Client

from clothier.eventlog.deliveries import run_due
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.payments import services
from clothier.payments.contracts import Cause, Method, Said
from clothier.payments.models import Discrepancy, Flag
from clothier.payments.providers.standin import Act
from clothier.payments.selectors import flags_for, problems, say_rule


@pytest.fixture
def gao(cast):
    client = Client()
    client.force_login(cast.gao.user)
    return client


def bill_of(shop, customer, key, fen=10_000):
    return services.open_payment(
        subject=Ref("cart", 1), amount_fen=fen, store=shop.store, customer=customer, till=4, key=key
    )


def test_the_fifth_try_in_ten_minutes_is_flagged_once_and_still_paid(shop):
    bill = bill_of(shop, 71, "b")
    shop.script(Method.WECHAT, *[Act(ends=Said.FAILED, cause=Cause.INSUFFICIENT)] * 5)
    for turn in range(5):
        shop.pay(bill, Method.WECHAT, str(turn))
    assert shop.pay(bill, Method.CARD, "card").state == "captured"
    while run_due():
        pass
    flag = Flag.objects.get()
    assert (flag.rule, flag.customer_id, flag.times) == ("many_tries", 71, 6)


def test_four_refunds_in_a_month_are_flagged_and_the_money_goes_back_all_the_same(shop):
    for turn in range(4):
        bill = bill_of(shop, 72, str(turn))
        services.take_cash(payment=bill.pk, tendered_fen=10_000, key="c", actor=None)
        services.refund(payment=bill.pk, amount_fen=10_000, key="r", actor=None)
        shop.clock.advance(86_400)
    while run_due():
        pass
    assert list(Flag.objects.values_list("rule", "times", "fen")) == [("frequent_refunds", 4, 40_000)]


def test_a_large_payment_is_flagged_whoever_pays_it(shop):
    bill = bill_of(shop, None, "b", 600_000)
    assert [flag.rule for flag in services.weigh(payment=bill.pk)] == ["large_payment"]
    assert services.weigh(payment=bill.pk) == []


def test_a_review_is_written_once_and_abuse_needs_a_reason(shop, cast, gao):
    bill = bill_of(shop, None, "b", 600_000)
    (flag,) = services.weigh(payment=bill.pk)
    assert say_rule(flag.rule) in gao.get("/finance/risk/").content.decode()
    with pytest.raises(Refused):
        services.review_flag(flag=flag.pk, verdict="abuse", actor=cast.gao.pk)
    assert gao.post(f"/finance/risk/flags/{flag.pk}/review", {"verdict": "fine", "note": "老顾客"}).status_code == 302
    with pytest.raises(Refused):
        services.review_flag(flag=flag.pk, verdict="fine", actor=cast.gao.pk)
    flag.refresh_from_db()
    assert (flag.verdict, flag.note, flag.reviewed_by) == ("fine", "老顾客", cast.gao.pk)
    assert flags_for(cast.viewer(cast.gao)).count() == 0


def test_contradictions_wait_on_their_page_until_somebody_writes_what_it_was(shop, gao):
    shop.book(Method.WECHAT).charge("somebody-elses", 5_000, "CNY")
    shop.hear(Method.WECHAT)
    row = Discrepancy.objects.get()
    page = gao.get("/finance/risk/contradictions/").content.decode()
    assert "somebody-elses" in page
    assert page.count('href="/finance/risk/" aria-current="page"') == 1
    gao.post(f"/finance/risk/contradictions/{row.pk}/settlement", {"note": "别家的测试"})
    assert "somebody-elses" not in gao.get("/finance/risk/contradictions/").content.decode()


def test_problems_are_counted_by_method_cause_store_and_hour(shop, cast, django_assert_num_queries):
    first, second = shop.bill(key="1"), shop.bill(key="2")
    shop.script(Method.WECHAT, Act(ends=Said.FAILED, cause=Cause.LIMIT))
    shop.pay(first, Method.WECHAT)
    shop.pay(first, Method.ALIPAY, "b")
    shop.pay(second, Method.ALIPAY)
    day = {"start": shop.clock.now() - timedelta(hours=3), "end": shop.clock.now() + timedelta(hours=3)}
    viewer = cast.viewer(cast.gao)
    with django_assert_num_queries(1):
        found = problems(viewer, **day)
    assert (found.whole.tries, found.whole.failed, found.whole.lost_fen) == (3, 1, 29_900)
    assert [(each.what, each.failed, each.tries) for each in found.methods] == [
        (Method.WECHAT, 1, 1), (Method.ALIPAY, 0, 2),
    ]  # fmt: skip
    assert [(each.what, each.failed) for each in found.causes] == [(Cause.LIMIT, 1)]
    assert found.stores[0].what == shop.store
    assert (found.hours[10].tries, found.hours[10].failed, found.hours[9].tries) == (3, 1, 0)
    assert problems(cast.viewer(cast.gao), **day, store=cast.other_store.pk).whole.tries == 0


def test_the_report_and_a_payment_with_its_evidence_are_pages(shop, gao):
    bill = shop.bill()
    shop.script(Method.WECHAT, Act(ends=Said.FAILED, cause=Cause.LIMIT))
    shop.pay(bill, Method.WECHAT)
    assert gao.get("/finance/payments/?days=1").status_code == 200
    page = gao.get(f"/finance/payments/{bill.pk}/").content.decode()
    assert bill.attempts.get().number in page
    assert "RULE_LIMIT" in page


def test_a_transfer_goes_back_by_hand_and_the_page_says_so(shop, gao):
    bill = shop.bill(600_000)
    sent = shop.pay(bill, Method.TRANSFER)
    services.confirm_transfer(attempt=sent.pk, reference="ICBC-1", actor=None)
    refund = services.refund(payment=bill.pk, amount_fen=100_000, key="r", actor=None)
    part = refund.parts.get()
    gao.post(f"/finance/payments/parts/{part.pk}/payout", {"reference": "ICBC-2"})
    refund.refresh_from_db()
    assert refund.state == "done"


def test_one_bank_slip_pays_one_bill(shop):
    first, second = shop.bill(600_000, "1"), shop.bill(600_000, "2")
    services.confirm_transfer(attempt=shop.pay(first, Method.TRANSFER).pk, reference="ICBC-1", actor=None)
    with pytest.raises(Refused):
        services.confirm_transfer(attempt=shop.pay(second, Method.TRANSFER).pk, reference=" ICBC-1 ", actor=None)

from datetime import timedelta

import pytest

from clothier.eventlog.deliveries import run_due
from clothier.kernel.errors import Refused
from clothier.rewards import services
from clothier.rewards.models import Coupon, CouponStep, Template, TemplateDay
from clothier.rewards.selectors import coupon_differences


@pytest.fixture
def coupon(kind_of, lin):
    return services.issue(template=kind_of(offline=True).pk, customer=lin, reason="goodwill")


def state() -> str:
    return Coupon.objects.get().state


def end() -> int:
    return services.expire_due()


def test_a_forgotten_cart_frees_its_coupon_after_half_an_hour(coupon, lin, saturday):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=50_00)
    saturday.advance(29 * 60)
    assert (end(), state()) == (0, "reserved")
    saturday.advance(2 * 60)
    assert (end(), state(), Template.objects.get().off_fen) == (1, "open", 0)


def test_another_cart_need_not_wait_for_the_chore(coupon, lin, saturday):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=50_00)
    saturday.advance(31 * 60)
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:2", off_fen=40_00)
    assert (state(), Template.objects.get().off_fen) == ("reserved", 40_00)


def test_a_payment_that_takes_its_time_keeps_the_coupon(coupon, lin, saturday):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=50_00)
    assert services.hold(document="cart:1") == 1
    saturday.advance(86_400)
    assert (end(), len(services.redeem(document="cart:1"))) == (0, 1)


def test_a_coupon_ends_at_midnight_after_its_last_day(coupon, saturday):
    # Issued on Saturday 14 November for 30 days: good up to and with 14 December.
    saturday.advance(timedelta(days=30, hours=13, minutes=59).total_seconds())
    assert (end(), state()) == (0, "open")
    saturday.advance(60)
    assert (end(), state(), end()) == (1, "expired", 0)


def test_a_coupon_is_withdrawn_for_a_reason(coupon, lin):
    with pytest.raises(Refused):
        services.withdraw(coupon=coupon.pk, reason="")
    for _ in range(2):
        services.withdraw(coupon=coupon.pk, reason="发错了")
    assert (state(), CouponStep.objects.get().reason) == ("withdrawn", "发错了")
    with pytest.raises(Refused):
        services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=1)


def test_a_coupon_in_use_is_not_withdrawn(coupon, lin):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=1)
    with pytest.raises(Refused):
        services.withdraw(coupon=coupon.pk, reason="发错了")


def test_the_days_figures_follow(coupon, lin):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=45_00)
    services.redeem(document="cart:1")
    while run_due():
        pass
    day = TemplateDay.objects.get()
    assert (day.issued, day.redeemed, day.off_fen) == (1, 1, 45_00)


def test_the_proof_sees_a_lost_coupon_and_a_wrong_sum(coupon, lin):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=45_00)
    assert list(coupon_differences()) == []
    Template.objects.update(issued=2, off_fen=44_00)
    Coupon.objects.update(document="")
    found = [(each.kind, each.column) for each in coupon_differences()]
    assert found == [("template", "issued"), ("template", "off_fen"), ("coupon", "document")]

from datetime import timedelta

import pytest

from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.rewards import services
from clothier.rewards.models import Coupon, CouponStep, Template
from clothier.rewards.selectors import coupon_by_code, usable_by, used_for


def state(coupon: Coupon) -> tuple[str, int]:
    row = Coupon.objects.get(pk=coupon.pk)
    return row.state, row.off_fen


def off(template: Template) -> int:
    return Template.objects.get(pk=template.pk).off_fen


@pytest.fixture
def fifty(kind_of):
    return kind_of()


@pytest.fixture
def coupon(fifty, lin):
    return services.issue(template=fifty.pk, customer=lin, reason="goodwill")


def reserve(coupon, lin, document="cart:1", off_fen=50_00, **more):
    return services.reserve(coupon=coupon.pk, customer=lin, document=document, off_fen=off_fen, **more)


def test_a_coupon_goes_from_issued_to_used_and_back(fifty, coupon, lin):
    assert [view.id for view in usable_by(lin)] == [coupon.pk]
    reserve(coupon, lin)
    assert (state(coupon), off(fifty), usable_by(lin)) == (("reserved", 50_00), 50_00, [])
    assert services.redeem(document="cart:1", sold_as="order:8") == [coupon]
    assert [view.id for view in used_for("order:8")] == [coupon.pk]
    assert services.give_back(document="order:8") == 1
    assert (state(coupon), off(fifty)) == (("open", 0), 0)
    kinds = CouponStep.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["reserved", "redeemed", "given_back"]


def test_every_step_told_twice_counts_once(fifty, coupon, lin):
    for _ in range(2):
        reserve(coupon, lin)
    for _ in range(2):
        assert services.redeem(document="cart:1", sold_as="order:8") == [coupon]
    assert (services.release(document="cart:1"), services.release(document="order:8")) == (0, 0)
    assert (services.give_back(document="order:8"), services.give_back(document="order:8")) == (1, 0)
    assert off(fifty) == 0
    told = Entry.objects.filter(subject_kind="coupon").order_by("pk").values_list("type", flat=True)
    assert list(told) == ["coupon.issued", "coupon.reserved", "coupon.redeemed", "coupon.given_back"]


def test_a_changed_basket_changes_what_is_booked(fifty, coupon, lin):
    reserve(coupon, lin, off_fen=50_00)
    reserve(coupon, lin, off_fen=20_00)
    assert (state(coupon), off(fifty)) == (("reserved", 20_00), 20_00)


def test_a_released_coupon_is_free_for_another_cart(fifty, coupon, lin):
    reserve(coupon, lin)
    with pytest.raises(Refused, match=r"另一单|another"):
        reserve(coupon, lin, document="cart:2")
    assert services.release(document="cart:1") == 1
    reserve(coupon, lin, document="cart:2")
    assert off(fifty) == 50_00


def test_it_is_the_members_own(coupon, lin):
    stranger = register(name="周明", source="store")
    for who in (stranger, None):
        with pytest.raises(Refused):
            reserve(coupon, who)
    assert state(coupon) == ("open", 0)


def test_whoever_bears_a_nameless_code_may_use_it(fifty):
    coupon = services.issue(template=fifty.pk, customer=None, reason="goodwill")
    shown = f" {coupon.code[:4]}-{coupon.code[4:].lower()}"
    assert coupon_by_code(shown).id == coupon.pk
    services.reserve(code=shown, document="cart:1", off_fen=1)
    assert state(coupon) == ("reserved", 1)


@pytest.mark.parametrize("wrong", [-1, 50_01])
def test_it_takes_off_what_it_promises_and_no_more(coupon, lin, wrong):
    with pytest.raises(Refused):
        reserve(coupon, lin, off_fen=wrong)


def test_an_expired_coupon_is_refused(coupon, lin, saturday):
    saturday.advance(timedelta(days=31).total_seconds())
    with pytest.raises(Refused, match=r"过期|expired"):
        reserve(coupon, lin)


def test_a_coupon_given_back_is_good_for_a_week_at_least(coupon, lin, saturday):
    reserve(coupon, lin)
    services.redeem(document="cart:1")
    saturday.advance(timedelta(days=60).total_seconds())
    services.give_back(document="cart:1")
    assert Coupon.objects.get().valid_until == saturday.now() + timedelta(days=7)


def test_the_last_fen_of_the_budget_goes_once(kind_of, lin):
    tight = kind_of("tight", budget_fen=80_00)
    one, two = (services.issue(template=tight.pk, customer=lin, reason="goodwill") for _ in range(2))
    reserve(one, lin, document="cart:1")
    with pytest.raises(Refused, match=r"预算|budget"):
        reserve(two, lin, document="cart:2")
    assert (state(two), off(tight)) == (("open", 0), 50_00)
    reserve(two, lin, document="cart:2", off_fen=30_00)
    assert off(tight) == 80_00


def test_the_limits_hold(kind_of, lin, saturday):
    one = kind_of("one", limit_customer=1)
    assert services.issue(template=one.pk, customer=lin, reason="goodwill", key="a") == services.issue(
        template=one.pk, customer=lin, reason="goodwill", key="a"
    )
    with pytest.raises(Refused, match=r"领满|already"):
        services.issue(template=one.pk, customer=lin, reason="goodwill")
    two = kind_of("two", limit_total=1)
    services.issue(template=two.pk, customer=None, reason="goodwill")
    with pytest.raises(Refused, match=r"发完|left"):
        services.issue(template=two.pk, customer=None, reason="goodwill")
    daily = kind_of("daily", limit_day=1)
    services.issue(template=daily.pk, customer=None, reason="goodwill")
    with pytest.raises(Refused, match=r"今天|today"):
        services.issue(template=daily.pk, customer=None, reason="goodwill")
    saturday.advance(86_400)
    services.issue(template=daily.pk, customer=None, reason="goodwill")
    assert Template.objects.get(code="daily").issued == 2


def test_a_closed_template_gives_no_more_and_keeps_its_word(fifty, coupon, lin):
    services.close_template(template=fifty.pk, reason="季末")
    with pytest.raises(Refused):
        services.issue(template=fifty.pk, customer=lin, reason="goodwill")
    reserve(coupon, lin)
    assert state(coupon) == ("reserved", 50_00)

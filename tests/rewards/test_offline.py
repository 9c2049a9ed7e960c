import pytest

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards import services
from clothier.rewards.models import Coupon, Template
from clothier.rewards.selectors import coupon_by_code, coupon_differences, offline_token
from clothier.rewards.signing import opened


@pytest.fixture
def coupon(kind_of, lin):
    return services.issue(template=kind_of(offline=True).pk, customer=lin, reason="goodwill")


@pytest.fixture
def token(coupon):
    return offline_token(coupon.pk)


def told(token, document="pos:1", off_fen=50_00, **more):
    facts = {"till": "T1", "occurred_at": clock.now(), **more}
    return services.redeem_offline(token=token, document=document, off_fen=off_fen, **facts)


def test_the_token_carries_what_a_till_needs(coupon, token):
    promise = opened(token)
    assert promise.code == coupon.code
    assert promise.terms == coupon_by_code(coupon.code).terms
    assert len(token) < 300


@pytest.mark.parametrize("forged", ["", "c1.a.b", "c2.a.b", "é.é.é"])
def test_what_is_not_ours_is_refused(forged):
    with pytest.raises(Refused):
        opened(forged)


def test_a_changed_promise_is_refused(token):
    head, body, signature = token.split(".")
    for place in (0, len(body) // 2, len(body) - 1):
        other = "A" if body[place] != "A" else "B"
        with pytest.raises(Refused):
            opened(".".join((head, body[:place] + other + body[place + 1 :], signature)))


def test_told_afterwards_it_is_used_once(token, saturday):
    saturday.advance(3600)
    assert told(token).kind == "redeemed"
    assert told(token).kind == "redeemed"
    assert Template.objects.get().off_fen == 50_00
    assert Coupon.objects.get().document == "pos:1"


def test_used_twice_is_borne_and_seen(token):
    told(token)
    step = told(token, document="pos:2", off_fen=40_00, till="T2")
    assert (step.kind, Template.objects.get().off_fen) == ("twice", 90_00)
    assert list(coupon_differences()) == []


def test_a_reservation_elsewhere_gives_way_to_what_has_happened(coupon, token, lin):
    services.reserve(coupon=coupon.pk, customer=lin, document="cart:1", off_fen=30_00)
    told(token)
    assert services.redeem(document="cart:1") == []
    assert Template.objects.get().off_fen == 50_00


def test_what_breaks_the_house_rules_bounds_is_marked(token, kind_of, saturday):
    early = clock.now()
    saturday.advance(3 * 86_400)
    assert told(token, occurred_at=early).reason == "late"
    kind, now = kind_of("many", offline=True), clock.now()
    for n in range(20):
        each = services.issue(template=kind.pk, customer=None, reason="goodwill")
        assert told(offline_token(each.pk), document=f"pos:1{n}", off_fen=1, occurred_at=now).reason == ""
    last = services.issue(template=kind.pk, customer=None, reason="goodwill")
    assert told(offline_token(last.pk), document="pos:99", off_fen=1, occurred_at=now).reason == "often"


def test_no_till_takes_more_offline_than_the_house_rules_allow(token):
    with pytest.raises(Refused):
        told(token, off_fen=100_01)


def test_a_dear_coupon_has_no_token(kind_of, lin):
    dear = kind_of("dear", value=200_00, offline=True)
    only_online = kind_of("online")
    for kind in (dear, only_online):
        assert offline_token(services.issue(template=kind.pk, customer=lin, reason="goodwill").pk) == ""

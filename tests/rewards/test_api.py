import pytest

from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import link_identifier
from clothier.rewards import services
from clothier.rewards.models import Coupon
from clothier.rewards.selectors import offline_token, public_key
from clothier.rewards.services import ItemFacts
from tests.api.conftest import machine as machine

LINES = [{"code": "K1", "quantity": 1, "total_fen": 600_00}, {"code": "S1", "quantity": 2, "total_fen": 300_00}]


@pytest.fixture
def sale(cast, lin):
    return {"document": "T1-7", "store": cast.store.code, "customer": lin, "lines": LINES}


def test_a_till_lists_redeems_once_and_gives_back(machine, cast, lin, kind_of, sale):
    kind = kind_of(offline=True)
    given = machine.post(f"customers/{lin}/coupons", {"template": kind.code})
    assert given.status_code == 201
    (coupon,) = machine.get(f"customers/{lin}/coupons").json()
    assert (coupon["code"], coupon["threshold_fen"]) == (given.json()["code"], 500_00)
    assert coupon["token"].startswith("c1.")
    for _ in range(2):
        used = machine.post(f"coupons/{coupon['code']}/redemption", sale)
        assert (used.status_code, used.json()["off_fen"], used.json()["lines"]) == (201, 50_00, [33_33, 16_67])
    other = machine.post(f"coupons/{coupon['code']}/redemption", {**sale, "document": "T1-8"})
    assert other.status_code == 422
    back = {"document": "T1-7", "store": cast.store.code}
    elsewhere = machine.post("coupons/returns", {**back, "store": cast.other_store.code})
    assert (elsewhere.status_code, Coupon.objects.get().state) == (422, "redeemed")
    assert machine.post("coupons/returns", back).json() == {"coupons": 1}
    assert Coupon.objects.get().state == "open"


def test_a_reason_comes_with_every_no(machine, kind_of, sale):
    assert machine.post("coupons/000000000000/redemption", sale).status_code == 422
    coupon = services.issue(template=kind_of().pk, customer=None, reason="goodwill")
    poor = {**sale, "lines": [{"code": "K1", "quantity": 1, "total_fen": 100_00}]}
    told = machine.post(f"coupons/{coupon.code}/redemption", poor)
    assert told.status_code == 422
    assert "¥400" in told.content.decode()


def test_a_till_tells_later_what_it_took_offline(machine, kind_of, cast, saturday):
    kind = kind_of(offline=True)
    coupon = services.issue(template=kind.pk, customer=None, reason="goodwill")
    assert machine.get("coupons/signature").json() == {"public_key": public_key()}
    told = {
        "token": offline_token(coupon.pk),
        "document": "T1-9",
        "store": cast.store.code,
        "till": "T1",
        "off_fen": 50_00,
        "occurred_at": saturday.now().isoformat(),
    }
    assert machine.post("coupons/offline", told).json() == {"outcome": "redeemed"}
    assert machine.post("coupons/offline", {**told, "document": "T2-1"}).json() == {"outcome": "twice"}
    assert machine.post("coupons/offline", {**told, "token": "c1.x.y"}).status_code == 422


def test_a_gate_lets_a_member_out(machine, lin, points):
    identifier = NewIdentifier(Kind.PLATE, "沪A12345")
    link_identifier(customer_id=lin, kind=identifier.kind, value=identifier.value)
    item = services.offer_item(facts=ItemFacts("parking", "停车两小时", hours=2))
    services.exchange(item=item.pk, customer=lin)
    assert machine.get("parking/沪A12345").json() == {"hours": 2}
    used = machine.post("parking/沪A12345/use", {"hours": 1, "ticket": "g1"})
    assert used.json() == {"hours": 1}
    assert machine.get("parking/沪A12345").json() == {"hours": 1}

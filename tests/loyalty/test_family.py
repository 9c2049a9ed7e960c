"""Points used together by agreement: within each one's share, out of lots that stay their owners'."""

from datetime import timedelta

import pytest

from clothier.customers.services import merge, register
from clothier.kernel.errors import Refused
from clothier.loyalty.models import FamilyMember
from clothier.loyalty.selectors import balance, family_of, inviter_of, points_kept, spendable, statement
from clothier.loyalty.services import give_back, grant, invite, join, leave, set_share, spend
from clothier.standards.selectors import document
from tests.loyalty.ledger import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def pooling(monkeypatch):
    rules = document("loyalty")
    allowed = rules.model_copy(update={"family": rules.family.model_copy(update={"pooled": True, "members": 3})})
    for module in ("selectors.families", "services.family"):
        monkeypatch.setattr(f"clothier.loyalty.{module}.document", lambda _key: allowed)


@pytest.fixture
def lin(saturday) -> int:
    return _member("林晓", 300)


@pytest.fixture
def zhou(saturday) -> int:
    return _member("周明", 1_000)


def _member(name: str, points: int) -> int:
    customer = register(name=name)
    grant(customer=customer, points=points, reason="goodwill", key=name)
    return customer


@pytest.fixture
def family(pooling, lin, zhou) -> None:
    join(customer=zhou, code=invite(customer=lin).code.lower(), share=600)


def test_off_by_default_nobody_is_invited(lin):
    with pytest.raises(Refused):
        invite(customer=lin)
    assert spendable(lin) == 300


@pytest.mark.usefixtures("family")
def test_ones_own_points_go_first_and_a_share_is_a_months(lin, zhou, saturday):
    assert (spendable(lin), spendable(zhou)) == (900, 1_000)
    for _told in range(2):
        assert spend(customer=lin, points=500, document="cart:1") == 500
    assert (balance(lin).available, balance(zhou).available, spendable(lin)) == (0, 800, 400)
    assert points_kept(["cart:1"]) == {"cart:1": 500}
    with pytest.raises(Refused, match="400"):
        spend(customer=lin, points=401, document="cart:2")
    rows = [(row.kind, row.points) for row in statement(zhou)[0]]
    assert rows == [("share", -200), ("grant", 1_000)]
    assert [(use.spender, use.points) for use in family_of(zhou).uses] == [(lin, 200)]
    saturday.advance(timedelta(days=31).total_seconds())
    assert (spendable(lin), differences()) == (600, [])


@pytest.mark.usefixtures("family")
def test_given_back_every_point_is_in_its_own_lot_again(lin, zhou):
    spend(customer=lin, points=500, document="cart:1")
    for _told in range(2):
        assert give_back(spent_on="cart:1", document="refund:1") == 500
    assert (balance(lin).available, balance(zhou).available, differences()) == (300, 1_000, [])


@pytest.mark.usefixtures("family")
def test_who_leaves_takes_their_points_along_and_may_come_back_by_an_invitation(lin, zhou):
    for _told in range(2):
        leave(customer=zhou)
    assert (spendable(lin), balance(zhou).available, family_of(zhou)) == (300, 1_000, None)
    join(customer=zhou, code=invite(customer=lin).code, share=50)
    set_share(customer=zhou, points=70)
    assert (spendable(lin), FamilyMember.objects.count()) == (370, 3)


@pytest.mark.usefixtures("pooling")
def test_a_code_serves_one_person_within_minutes_and_a_family_has_an_end(lin, zhou, saturday):
    code = invite(customer=lin).code
    assert inviter_of(code) == lin
    for _told in range(2):
        join(customer=zhou, code=code)
    chen, wu = register(name="陈宇"), register(name="吴兰")
    for told in (code, "", "22222222"):
        with pytest.raises(Refused):
            join(customer=chen, code=told)
    late = invite(customer=lin).code
    saturday.advance(timedelta(minutes=31).total_seconds())
    with pytest.raises(Refused):
        join(customer=chen, code=late)
    two = [invite(customer=lin).code for _one in range(2)]
    join(customer=chen, code=two[0])
    with pytest.raises(Refused, match="3"):
        join(customer=wu, code=two[1])
    with pytest.raises(Refused, match="3"):
        invite(customer=lin)
    for wrong in (-1, 5_001):
        with pytest.raises(Refused):
            set_share(customer=chen, points=wrong)


@pytest.mark.usefixtures("family")
def test_a_person_is_in_one_family_whichever_record_asks(lin, zhou):
    twin = register(name="周明")
    merge(a=zhou, b=twin)
    assert family_of(twin).mine == family_of(zhou).mine
    other = register(name="陈宇")
    with pytest.raises(Refused):
        join(customer=twin, code=invite(customer=other).code)

"""Points with the family on the customer's own phone, where the house rules allow it."""

import pytest

from clothier.customers.services import register
from clothier.loyalty.models import FamilyMember
from clothier.loyalty.services import grant, invite
from clothier.standards.selectors import document
from tests.desks_member.test_member_page import lin, phone

__all__ = ["lin", "phone"]


@pytest.fixture
def pooling(cast, monkeypatch):
    rules = document("loyalty")
    allowed = rules.model_copy(update={"family": rules.family.model_copy(update={"pooled": True})})
    modules = ("loyalty.selectors.families", "loyalty.services.family", "desks.member.family", "desks.member.views")
    for module in modules:
        monkeypatch.setattr(f"clothier.{module}.document", lambda _key: allowed)


def test_where_the_rules_say_no_there_is_no_page(phone):
    assert phone.get("/me/family/").status_code == 404
    assert "/me/family/" not in phone.get("/me/").content.decode()


@pytest.mark.usefixtures("pooling")
def test_invited_seen_agreed_to_bounded_and_left(phone, lin):
    assert "/me/family/" in phone.get("/me/").content.decode()
    zhou = register(name="周明")
    grant(customer=zhou, points=900, reason="goodwill", key="zhou")
    code = invite(customer=zhou).code
    assert "周明邀请您共用积分" in phone.get(f"/me/family/?code={code}").content.decode()
    assert phone.post("/me/family/membership/", {"code": code, "share": "x"}).status_code == 422
    phone.post("/me/family/membership/", {"code": code, "share": "100"})
    page = phone.get("/me/family/").content.decode()
    assert ("周明" in page, "每月给 100" in page) == (True, True)
    phone.post("/me/family/share/", {"share": "200"})
    assert FamilyMember.objects.get(customer_id=lin).share == 200
    assert "邀请码" in phone.post("/me/family/invitation/").content.decode()
    phone.post("/me/family/leaving/")
    assert FamilyMember.objects.filter(left_at=None).count() == 1


@pytest.mark.usefixtures("pooling")
def test_a_wrong_code_says_nothing_of_anybody(phone):
    answer = phone.get("/me/family/?code=ABCD2345")
    assert (answer.status_code, "邀请您" in answer.content.decode()) == (422, False)

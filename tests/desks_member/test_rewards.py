"""The rewards shop on the customer's own phone: exchanged, shown, called off, and nobody else's."""

from datetime import timedelta

import pytest

from clothier.customers.services import register
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import grant
from clothier.rewards import services
from clothier.rewards.contracts import shown_code
from clothier.rewards.models import Exchange, Item
from clothier.rewards.services import ItemFacts
from tests.desks_member.test_member_page import lin, phone

__all__ = ["lin", "phone"]


@pytest.fixture
def umbrella(lin) -> Item:
    grant(customer=lin, points=1_000, reason="goodwill", key="for tests")
    return services.offer_item(facts=ItemFacts("goods", "折叠伞", points=800, stock=2, note="双人"))


def test_an_umbrella_is_exchanged_with_one_confirmation_and_its_code_is_shown(phone, lin, umbrella):
    assert "可兑换" in phone.get("/me/rewards/").content.decode()
    page = phone.get(f"/me/rewards/{umbrella.pk}/").content.decode()
    assert ("兑换后剩余" in page, "双人" in page, "确认，用 800 积分兑换" in page) == (True, True, True)
    answers = [phone.post(f"/me/rewards/{umbrella.pk}/", {"key": "this page"}) for _tap in range(2)]
    row = Exchange.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/me/exchanges/{row.pk}/"}
    assert (balance(lin).available, shown_code(row.code) in phone.get(f"/me/exchanges/{row.pk}/").content.decode()) == (
        200,
        True,
    )
    assert "折叠伞" in phone.get("/me/exchanges/").content.decode()
    assert "还差 600" in phone.get("/me/rewards/").content.decode()


def test_thought_better_of_it_the_points_are_back_and_the_code_is_gone(phone, lin, umbrella):
    row = services.exchange(item=umbrella.pk, customer=lin)
    for _tap in range(2):
        phone.post(f"/me/exchanges/{row.pk}/cancellation/")
    told = phone.get(f"/me/exchanges/{row.pk}/").content.decode()
    assert (balance(lin).available, shown_code(row.code) in told, "800 积分已退回" in told) == (1_000, False, True)


def test_after_a_day_a_colleague_is_asked(phone, lin, umbrella, saturday):
    row = services.exchange(item=umbrella.pk, customer=lin)
    saturday.advance(timedelta(days=1, seconds=1).total_seconds())
    assert "取消兑换" not in phone.get(f"/me/exchanges/{row.pk}/").content.decode()
    phone.post(f"/me/exchanges/{row.pk}/cancellation/")
    row.refresh_from_db()
    assert (row.state, balance(lin).available) == ("waiting", 200)


def test_a_refusal_stays_on_the_page_and_says_why(phone, umbrella):
    Item.objects.update(taken=2)
    answer = phone.post(f"/me/rewards/{umbrella.pk}/")
    assert (answer.status_code, "这件礼品刚刚兑完" in answer.content.decode(), Exchange.objects.count()) == (
        422,
        True,
        0,
    )


def test_nobody_reaches_somebody_elses_exchange(phone, umbrella):
    other = register(name="周明", source="store")
    grant(customer=other, points=800, reason="goodwill", key="other")
    row = services.exchange(item=umbrella.pk, customer=other)
    assert phone.get(f"/me/exchanges/{row.pk}/").status_code == 404
    assert phone.post(f"/me/exchanges/{row.pk}/cancellation/").status_code == 404
    assert phone.get("/me/rewards/9999/").status_code == 404
    row.refresh_from_db()
    assert row.state == "waiting"

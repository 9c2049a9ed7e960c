"""Asking for a return, an exchange or a repair on the customer's own page, and following what became of it."""

import pytest
from django.test import Client

from clothier.cases.models import Case, CaseLine
from clothier.customers.services import register
from clothier.loyalty.services import make_link
from tests.checkout.shop import bought, goods
from tests.desks_casework.conftest import coat, complaint, lin

__all__ = ["coat", "complaint", "lin"]
ASKED = {"kind": "return", "reason": "size", "tag": "attached", "wear": "unworn", "text": "偏大", "key": "k"}


@pytest.fixture
def phone(client: Client, lin: int) -> Client:
    client.post(f"/me/open/{make_link(customer=lin)}/")
    return client


def request_of(coat) -> str:
    return f"/me/orders/{coat.pk}/lines/{coat.lines.get().pk}/request/"


def test_a_return_is_asked_for_with_its_reason_and_the_days_are_shown(phone, coat, lin, cast):
    page = phone.get(request_of(coat)).content.decode()
    assert "2026-11-21 前" in page
    answer = phone.post(request_of(coat), ASKED)
    case, line = Case.objects.get(), CaseLine.objects.get()
    assert (case.kind, case.customer_id, case.origin, case.holder) == ("return", lin, "member", "customer")
    assert (line.reason, line.tag, line.wear) == ("size", "attached", "unworn")
    assert "偏大" in phone.get(answer["Location"]).content.decode()


def test_pressed_twice_it_is_one(phone, coat):
    for _again in range(2):
        phone.post(request_of(coat), ASKED)
    assert Case.objects.count() == 1


def test_a_piece_that_is_on_its_way_is_not_asked_for_again(phone, coat):
    phone.post(request_of(coat), ASKED)
    page = phone.post(request_of(coat), ASKED | {"key": "other"})
    assert (page.status_code, Case.objects.count()) == (422, 1)
    order = phone.get(f"/me/orders/{coat.pk}/").content.decode()
    assert "办理中，看进度" in order
    assert "退换、维修" not in order


def test_somebody_else_s_order_is_not_found(client, coat, cast):
    client.post(f"/me/open/{make_link(customer=register(name='别人'))}/")
    assert client.get(request_of(coat)).status_code == 404
    assert client.post(request_of(coat), ASKED).status_code == 404
    assert Case.objects.count() == 0


def test_my_matters_lead_to_their_cards_and_to_nobody_else_s(phone, complaint, cast):
    assert "起球" in phone.get("/me/").content.decode()
    assert "起球" in phone.get("/me/cases/").content.decode()
    assert phone.get(f"/me/cases/{complaint}/")["Location"].startswith("/card/")
    other = Client()
    other.post(f"/me/open/{make_link(customer=register(name='别人'))}/")
    assert other.get(f"/me/cases/{complaint}/").status_code == 404


def test_an_exchange_says_on_its_card_what_is_wanted_instead(phone, lin, cast):
    small = goods(cast.store.pk)["C2001-BLACK-S"]
    sold = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk, customer=lin).order
    asked = ASKED | {"kind": "exchange", "wanted": small.pk}
    answer = phone.post(f"/me/orders/{sold.pk}/lines/{sold.lines.get().pk}/request/", asked)
    assert f"换成 {small.colour} S" in phone.get(answer["Location"]).content.decode()

"""Orders, consents and the profile on the customer's own page."""

import pytest

from clothier.checkout.contracts import LineFacts
from clothier.checkout.selectors import receipt_link
from clothier.checkout.services import record_sale
from clothier.customers.models import ConsentState, Erasure, Fact
from clothier.customers.selectors import own_card
from clothier.customers.services import note_fact, register
from tests.desks_member.test_member_page import lin, phone

__all__ = ["lin", "phone"]


def test_a_consent_is_given_and_taken_back_by_one_tap(phone, lin):
    phone.post("/me/consents/", {"what": "marketing-sms", "yes": "1"})
    state = ConsentState.objects.get(person_id=lin, purpose="marketing", channel="sms")
    assert state.granted
    assert 'aria-checked="true"' in phone.get("/me/consents/").content.decode()
    phone.post("/me/consents/", {"what": "marketing-sms", "yes": "0"})
    assert ConsentState.objects.get(person_id=lin, purpose="marketing", channel="sms").granted is False


def test_a_consent_nobody_asks_for_is_not_found(phone, lin):
    assert phone.post("/me/consents/", {"what": "marketing-fax", "yes": "1"}).status_code == 404
    assert ConsentState.objects.count() == 0


def test_the_name_is_put_right(phone, lin):
    assert phone.post("/me/profile/", {"name": "林若溪", "title": ""}).status_code == 303
    assert own_card(lin).name == "林若溪"
    assert phone.post("/me/profile/", {"name": "  ", "title": ""}).status_code == 422


def test_what_the_customer_says_of_a_size_counts_and_nothing_said_takes_it_off(phone, lin):
    size = note_fact(customer_id=lin, field="size", qualifier="coat", value="M")
    phone.post(f"/me/profile/facts/{size}/", {"value": "L"})
    (fact,) = own_card(lin).facts
    assert fact.value == "L"
    phone.post(f"/me/profile/facts/{fact.id}/", {"value": ""})
    assert own_card(lin).facts == ()


def test_nobody_puts_somebody_else_s_size_right(phone, lin, cast):
    theirs = note_fact(customer_id=register(name="别人"), field="size", qualifier="coat", value="M")
    assert phone.post(f"/me/profile/facts/{theirs}/", {"value": ""}).status_code == 404
    assert Fact.objects.get(pk=theirs).withdrawn_at is None


def test_everything_is_to_be_forgotten_and_then_not(phone, lin):
    phone.post("/me/profile/erasure/", {})
    assert own_card(lin).leaving is not None
    phone.post("/me/profile/erasure/", {"stay": "1"})
    assert own_card(lin).leaving is None
    assert Erasure.objects.get().cancelled_at is not None


def test_an_order_with_its_receipt_and_the_way_to_the_invoice(phone, lin, cast):
    lines = (LineFacts(code="K2071", description="羊毛大衣", quantity=1, total_fen=129_900, unit_price_fen=129_900),)
    sold = record_sale(source="till", number="T1", lines=lines, store=cast.store.pk, customer=lin)
    assert "羊毛大衣" in phone.get("/me/orders/").content.decode()
    page = phone.get(f"/me/orders/{sold.pk}/").content.decode()
    assert ("¥1,299" in page, receipt_link(sold.pk) in page) == (True, True)


def test_nobody_sees_somebody_else_s_order(phone):
    assert phone.get("/me/orders/987654/").status_code == 404


@pytest.mark.parametrize("page", ["/me/orders/", "/me/consents/", "/me/profile/"])
def test_each_page_in_few_questions(phone, page, django_assert_max_num_queries):
    phone.get(page)
    with django_assert_max_num_queries(10):
        assert phone.get(page).status_code == 200

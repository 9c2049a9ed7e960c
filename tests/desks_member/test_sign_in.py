"""Into one's own page with a code sent to the phone; whoever guesses learns nothing."""

import re

import pytest
from django.test import Client

from clothier.customers.contracts import Kind, NewIdentifier
from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.loyalty.models import DoorCode
from clothier.loyalty.services import code_to_read, renew_card, send_code

PHONE = "13800138000"


@pytest.fixture(autouse=True)
def demonstration(settings) -> None:
    """No gateway is connected: the code stands on the page."""
    settings.DEMO = True


@pytest.fixture
def lin(cast) -> int:
    return register(name="林晓", identifiers=[NewIdentifier(Kind.PHONE, PHONE, verified=True)])


def asked(client, phone=PHONE) -> str:
    client.post("/me/sign-in/", {"phone": phone})
    return code_to_read(phone=phone)


def test_the_code_on_the_phone_opens_the_page_that_was_wanted(client, lin):
    page = client.get("/me/orders/")
    assert (page.status_code, 'name="next" value="/me/orders/"' in page.content.decode()) == (403, True)
    answer = client.post("/me/sign-in/code/", {"phone": "138 0013 8000", "code": asked(client), "next": "/me/orders/"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/orders/")
    assert client.get("/me/").status_code == 200
    assert Entry.objects.filter(type="member_page.signed_in", customer_id=lin).count() == 1
    # Nothing of the number or the digits is left once they were used.
    assert list(DoorCode.objects.values_list("sealed", "key")) == [("", None)]


@pytest.mark.parametrize("wanted", ["https://evil.example/me/", "//evil.example", "/me/../studio/", "/floor/"])
def test_it_leads_nowhere_else(client, lin, wanted):
    answer = client.post("/me/sign-in/code/", {"phone": PHONE, "code": asked(client), "next": wanted})
    assert answer["Location"] == "/me/"


def test_a_code_opens_once(client, lin):
    told = {"phone": PHONE, "code": asked(client)}
    assert client.post("/me/sign-in/code/", told).status_code == 302
    other = Client()
    assert other.post("/me/sign-in/code/", told).status_code == 422
    assert other.get("/me/").status_code == 403


def test_a_stranger_s_number_is_answered_like_a_member_s(client, lin, settings):
    settings.DEMO = False
    pages = [client.post("/me/sign-in/", {"phone": phone}) for phone in (PHONE, "13900139000")]
    words = [page.content.decode().replace("13900139000", PHONE) for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    first, second = map(len, words)
    assert first == second
    again = [client.post("/me/sign-in/", {"phone": phone}).status_code for phone in (PHONE, "13900139000")]
    assert again == [409, 409]
    assert DoorCode.objects.count() == 1


def test_a_number_that_was_only_told_at_a_counter_opens_nothing(client, cast):
    register(name="误登", identifiers=[NewIdentifier(Kind.PHONE, "13700137000", verified=False)])
    assert asked(client, "13700137000") == ""


def test_five_wrong_guesses_and_even_the_right_one_is_refused(client, lin):
    code = asked(client)
    wrong = "000000" if code != "000000" else "111111"
    for _guess in range(5):
        assert client.post("/me/sign-in/code/", {"phone": PHONE, "code": wrong}).status_code == 422
    assert client.post("/me/sign-in/code/", {"phone": PHONE, "code": code}).status_code == 422
    assert DoorCode.objects.get().tries == 5


def test_after_five_minutes_it_is_worth_nothing(client, lin, saturday):
    code = asked(client)
    saturday.advance(301)
    assert client.post("/me/sign-in/code/", {"phone": PHONE, "code": code}).status_code == 422


def test_ten_a_day_and_no_more(client, lin, saturday):
    for _again in range(12):
        asked(client)
        saturday.advance(61)
    assert DoorCode.objects.count() == 10


def test_a_card_made_anew_shuts_the_page_again(client, lin):
    client.post("/me/sign-in/code/", {"phone": PHONE, "code": asked(client)})
    renew_card(customer=lin)
    assert client.get("/me/").status_code == 403


@pytest.mark.parametrize("phone", ["", "hello", "12", "1" * 40])
def test_what_is_no_number_is_said_next_to_the_field(client, lin, phone):
    page = client.post("/me/sign-in/", {"phone": phone})
    assert (page.status_code, "请填手机号" in page.content.decode()) == (422, True)


def test_the_page_of_a_real_shop_never_shows_the_code(client, lin, settings):
    settings.DEMO = False
    page = client.post("/me/sign-in/", {"phone": PHONE}).content.decode()
    assert code_to_read(phone=PHONE) not in page


def test_the_code_goes_out_by_text_message_once_and_nothing_of_it_stays(client, lin, settings, monkeypatch):
    settings.CHANNELS = {"sms": {"url": "https://gateway.example/send", "secret": "k"}}
    sent = []
    monkeypatch.setattr(
        "clothier.conversations.channels.sms.channel.Sms.send", lambda self, out: sent.append(out) or "1"
    )
    client.post("/me/sign-in/", {"phone": PHONE})
    for _again in range(2):
        send_code(code=DoorCode.objects.get().pk)
    (out,) = sent
    digits = re.search(r"\d{6}", out.text)[0]
    assert (out.address, out.message < 0, DoorCode.objects.get().sealed) == (PHONE, True, "")
    assert client.post("/me/sign-in/code/", {"phone": PHONE, "code": digits}).status_code == 302


def test_where_no_message_can_be_sent_no_number_is_asked_for(client, lin, settings):
    settings.DEMO = False
    assert 'name="phone"' not in client.get("/me/").content.decode()

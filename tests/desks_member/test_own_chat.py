"""A member writes from their own page: known at once, in the one conversation, with what was said elsewhere."""

import pytest
from django.test import Client

from clothier.api.contracts import chat_guests
from clothier.conversations.contracts import State
from clothier.conversations.models import Message, Thread
from clothier.conversations.services import assign, identify, receive, reply
from clothier.loyalty.services import make_link, renew_card
from tests.conversations.conftest import desk, house, lin

__all__ = ["desk", "house", "lin"]


@pytest.fixture
def phone(lin: int) -> Client:
    return signed_in(lin)


def signed_in(customer: int) -> Client:
    client = Client()
    client.post(f"/me/open/{make_link(customer=customer)}/")
    return client


def chat_of(client: Client) -> str:
    return str(client.get("/me/chat/")["Location"])


def test_a_member_is_known_and_comes_back_to_the_one_conversation_from_every_phone(phone, lin):
    for client, text in ((phone, "第一部手机"), (signed_in(lin), "第二部手机")):
        client.post(f"{chat_of(client)}messages/", {"text": text, "key": text})
    thread = Thread.objects.get()
    assert (thread.customer_id, Message.objects.values("contact").distinct().count()) == (lin, 1)
    assert "第一部手机" in phone.get(chat_of(phone)).content.decode()
    # A phone that has not been there yet is led there over the member's page.
    assert signed_in(lin).get(chat_of(phone))["Location"] == "/me/chat/"


def test_what_a_channel_vouches_for_is_read_there_and_what_somebody_guessed_is_not(phone, desk, lin):
    receive(channel="sms", sender="13800138000", text="短信里问过", external_id="s", customer=lin, proven=True)
    receive(channel="kiosk", sender="screen", text="屏幕上说的", external_id="k", customer=lin, proven=True)
    stranger = receive(channel="web", sender="browser", text="别人的话", external_id="w").contact.thread_id
    identify(thread=stranger, customer=lin)
    page = phone.get(chat_of(phone)).content.decode()
    assert ("短信里问过" in page, "屏幕上说的" in page, "别人的话" in page) == (True, False, False)
    assert Thread.objects.filter(joined_to=None).count() == 1


def test_an_answer_not_read_yet_is_counted_on_the_members_page_until_it_is(phone, desk, lin):
    phone.post(f"{chat_of(phone)}messages/", {"text": "在吗", "key": "1"})
    thread = Thread.objects.get()
    assign(thread=thread.pk, employee=desk.chen.pk)
    reply(thread=thread.pk, text="在的", actor=desk.chen.pk)
    assert '<b class="mine__new">1<' in phone.get("/me/").content.decode()
    assert "在的" in phone.get(chat_of(phone)).content.decode()
    assert "mine__new" not in phone.get("/me/").content.decode()
    assert Thread.objects.get().state == State.HELD


def test_a_stranger_is_asked_to_sign_in_and_led_back(lin):
    page = Client().get("/me/chat/")
    assert (page.status_code, 'name="next" value="/me/chat/"' in page.content.decode()) == (403, True)


def test_signed_out_the_chats_address_opens_and_tells_and_takes_nothing(phone, lin):
    here = chat_of(phone)
    phone.post(f"{here}messages/", {"text": "在吗", "key": "1"})
    secret = here.split("/")[2]
    cookies = {name: morsel.value for name, morsel in phone.cookies.items()}
    assert chat_guests.ask(secret, cookies) == Thread.objects.get().pk
    phone.post("/me/leaving/")
    assert phone.get(here)["Location"] == "/me/chat/"
    assert phone.get("/me/chat/").status_code == 403
    assert phone.get(f"{here}typing/").status_code == 404
    # What waits in the phone goes on waiting until they sign in again.
    held = phone.post(f"{here}messages/", {"text": "还在吗", "key": "2"}, headers={"X-Outbox": "1"})
    assert (held.status_code, Message.objects.count()) == (401, 1)
    assert phone.post(f"{here}messages/", {"text": "还在吗", "key": "2"})["Location"] == "/me/chat/"
    assert chat_guests.ask(secret, {}) is None


def test_a_card_made_anew_shuts_the_chat_too(phone, lin):
    here = chat_of(phone)
    assert phone.get(here).status_code == 200
    renew_card(customer=lin)
    assert phone.get(here)["Location"] == "/me/chat/"

"""The customer's side: a page, a frame on another site, and a secret that no other site knows."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clothier.api.contracts import chat_guests
from clothier.conversations.models import Message, Rating, Thread
from clothier.conversations.services import close, hand_over, identify, receive, reply
from clothier.desks.chat import doors
from tests.conversations.conftest import desk, house, lin

__all__ = ["desk", "house", "lin"]


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def here(visitor, desk) -> str:
    return str(visitor.get("/chat/")["Location"])


def say(visitor: Client, here: str, text: str, key: str = "k"):
    return visitor.post(f"{here}messages/", {"text": text, "key": key})


def test_nothing_is_kept_before_something_is_said_and_the_browser_comes_back_to_it(visitor, here):
    assert "您好" in visitor.get(here).content.decode()
    assert not Thread.objects.exists()
    for _time in range(2):
        assert say(visitor, here, "毛衣起球了").status_code == 303
    assert Message.objects.count() == 1
    assert "毛衣起球了" in visitor.get(visitor.get("/chat/")["Location"]).content.decode()


def test_a_made_up_secret_opens_nothing(visitor, here):
    assert visitor.get("/chat/made-up:secret/")["Location"] == "/chat/"
    assert visitor.post("/chat/made-up:secret/messages/", {"text": "在吗"}).status_code == 404
    assert (doors.thread_of("x", {}), chat_guests.ask("x", {})) == (None, None)


def test_who_answers_is_said_and_notes_are_not(visitor, here, desk):
    say(visitor, here, "在吗")
    thread = Thread.objects.get().pk
    hand_over(thread=thread, reason="asked")
    reply(thread=thread, text="您好，我是陈晓", actor=desk.chen.pk)
    reply(thread=thread, text="这位要小心", actor=desk.chen.pk, internal=True)
    page = visitor.get(here).content.decode()
    assert f'hx-get="{here}" hx-trigger="outbox:synced from:body, live:chat-{thread} from:body"' in page
    assert ("陈晓 为您服务" in page, "您好，我是陈晓" in page, "这位要小心" in page) == (True, True, False)
    assert doors.thread_of(here.split("/")[2], {}) == thread


def test_a_browser_that_was_taken_for_a_customer_does_not_read_that_customers_letters(visitor, here, desk, lin):
    receive(channel="email", sender="lin@example.org", text="我的秘密", external_id="e", customer=lin)
    say(visitor, here, "在吗")
    stranger = Message.objects.get(channel="web").contact.thread_id
    identify(thread=stranger, customer=lin)
    page = visitor.get(here).content.decode()
    assert ("在吗" in page, "我的秘密" in page) == (True, False)


def test_a_photo_is_opened_with_the_secret_alone(visitor, here):
    photo = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    visitor.post(f"{here}messages/", {"text": "", "key": "p", "files": photo})
    file = Message.objects.get().attachments.get().pk
    assert visitor.get(f"{here}files/{file}/")["Content-Type"] == "image/png"
    other = str(Client().get("/chat/")["Location"])
    assert visitor.get(f"{other}files/{file}/").status_code == 404


def test_whoever_floods_is_told_to_wait_and_an_outbox_tries_again(visitor, here, monkeypatch):
    monkeypatch.setattr("clothier.desks.chat.talking.A_MINUTE", 2)
    answers = [say(visitor, here, "在吗", key=str(n)).status_code for n in range(3)]
    assert answers == [303, 303, 429]
    assert Message.objects.count() == 2


def test_a_phone_that_is_too_fast_tries_again_and_what_nobody_takes_comes_back(visitor, here, monkeypatch):
    monkeypatch.setattr("clothier.desks.chat.talking.A_MINUTE", 1)
    queued = {"headers": {"X-Outbox": "2026-06-06T09:00:00Z", "HX-Request": "true"}}
    ten = [SimpleUploadedFile(f"{n}.png", b"\x89PNG\r\n\x1a\n") for n in range(10)]
    refused = visitor.post(f"{here}messages/", {"text": "", "key": "a", "files": ten}, **queued)
    assert refused.status_code == 409
    assert "9" in json.loads(refused["HX-Trigger"])["toast"]["text"]
    assert visitor.post(f"{here}messages/", {"text": "在吗", "key": "b"}, **queued).status_code == 429
    assert not Message.objects.exists()


def test_scripts_in_a_message_are_words(visitor, here):
    say(visitor, here, "<script>alert(1)</script> 😀 𠮷")
    page = visitor.get(here).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 😀 𠮷" in page


def test_stars_are_asked_for_when_it_is_over_and_the_first_count(visitor, here, desk):
    say(visitor, here, "在吗")
    thread = Thread.objects.get().pk
    hand_over(thread=thread, reason="asked")
    reply(thread=thread, text="您好", actor=desk.chen.pk)
    assert "这次服务怎么样" not in visitor.get(here).content.decode()
    close(thread=thread, actor=desk.chen.pk)
    assert "这次服务怎么样" in visitor.get(here).content.decode()
    for score in ("5", "1"):
        visitor.post(f"{here}rating/", {"score": score})
    assert [(one.score, one.employee_id) for one in Rating.objects.all()] == [(5, desk.chen.pk)]
    assert "您给了 5 星" in visitor.get(here).content.decode()


def test_the_frame_stands_on_the_sites_the_shop_allows_and_nowhere_else(visitor, here, settings):
    for page in (here, "/chat/frame/"):
        assert "frame-ancestors 'none'" in visitor.get(page)["Content-Security-Policy"]
        assert visitor.get(page)["X-Frame-Options"] == "DENY"
    settings.CHAT_SITES = ["https://shop.example"]
    for page in (here, "/chat/frame/"):
        answer = visitor.get(page)
        assert "frame-ancestors https://shop.example" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'none'" in visitor.get("/accounts/login/")["Content-Security-Policy"]


def test_the_widget_is_one_script_at_an_address_that_stays(visitor, db):
    answer = visitor.get("/chat/widget.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert b"/chat/frame/" in answer.content


def test_a_page_asks_little(visitor, here, django_assert_max_num_queries):
    say(visitor, here, "在吗")
    with django_assert_max_num_queries(10):
        visitor.get(here)


def test_a_frame_that_may_keep_nothing_says_so_and_goes_on_in_a_window_or_on_a_phone(visitor, here):
    told = visitor.get(f"{here}?framed=1&forgets=1").content.decode()
    assert "离开这个网页，浏览器就不记得这段对话了" in told
    assert f'href="{here}" target="_blank"' in told
    assert 'src="data:image/svg' in told
    assert f'hx-get="{here}?framed=1&amp;forgets=1"' in told
    assert "不记得这段对话" not in visitor.get(f"{here}?framed=1").content.decode()

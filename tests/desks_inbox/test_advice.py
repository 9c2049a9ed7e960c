"""Answers that may be given as they stand, drafts, and the case that the customer's words call for."""

import re

import pytest

from clothier.cases.services import open_case
from clothier.conversations.models import Message
from clothier.conversations.services import hand_over, receive, reply
from clothier.knowledge.models import Choice
from tests.conversations.servers import web
from tests.knowledge.conftest import PARKING, PILLING, RETURNS
from tests.knowledge.conftest import said as shelved


@pytest.fixture
def library(desk) -> dict[str, int]:
    shelf = {"pilling": PILLING, "returns": RETURNS, "parking": PARKING}
    return {code: shelved(facts, code).article_id for code, facts in shelf.items()}


def asks(desk, text: str, lin: int | None = None) -> int:
    message = receive(channel="web", sender="s", text=text, external_id=text, store=desk.store.pk, customer=lin)
    return hand_over(thread=message.contact.thread_id, reason="asked").pk


def advice(client, thread: int) -> str:
    return client.get(f"/inbox/{thread}/proposals/").content.decode()


def test_the_librarys_answer_to_the_last_question_is_proposed_with_its_source(chen, desk, library):
    thread = asks(desk, "衣服起毛球了怎么办")
    receive(channel="web", sender="s", text="我要找人工", external_id="person")
    page = advice(chen, thread)
    assert "少量起球是纤维的特点" in page
    assert f'href="/knowledge/{library["pilling"]}/"' in page
    assert page.index("毛衣起球正常吗") < page.rindex("</form>")


def test_who_was_answered_needs_no_advice(chen, desk, library):
    thread = asks(desk, "衣服起毛球了怎么办")
    reply(thread=thread, text="您好，用去球器修整即可", actor=desk.chen.pk)
    assert advice(chen, thread).strip() == ""


def test_a_proposal_that_is_taken_stands_in_the_composer_and_teaches_the_library(chen, desk, library):
    thread = asks(desk, "衣服起毛球了怎么办")
    message = last_words(thread)
    told = {"message": message, "article": library["pilling"]}
    page = chen.post(f"/inbox/{thread}/proposals/", told).content.decode()
    assert "少量起球是纤维的特点，用去球器修整即可。</textarea>" in page
    assert chen.post(f"/inbox/{thread}/proposals/", told, headers={"HX-Request": "true"}).status_code == 204
    assert list(Choice.objects.values_list("article", flat=True)) == [library["pilling"]]


def test_words_of_another_conversation_teach_nothing(chen, desk, library):
    asks(desk, "衣服起毛球了怎么办")
    message = receive(channel="web", sender="x", text="停车怎么收费", external_id="x", store=desk.store.pk)
    thread = asks(desk, "几天内可以退货？")
    chen.post(f"/inbox/{thread}/proposals/", {"message": message.pk + 1000, "article": library["parking"]})
    assert not Choice.objects.exists()


def test_a_complaint_is_proposed_as_a_case_until_there_is_one(chen, desk, lin):
    thread = asks(desk, "毛衣洗一次就起球，质量太差了，我要投诉", lin)
    page = advice(chen, thread)
    assert "看来是投诉" in page
    assert f"/cases/new/?origin=chat&amp;thread={thread}&amp;kind=complaint" in page
    assert f"customer={lin}" in page
    open_case(
        kind="complaint", topic="product", severity="moderate", origin="chat", text="毛衣起球", store=desk.store.pk,
        customer=lin, actor=desk.chen.pk,
    )  # fmt: skip
    assert "看来是投诉" not in advice(chen, thread)


def test_what_the_inbox_proposed_is_chosen_beforehand_on_the_form(chen, desk, lin):
    page = chen.get(f"/cases/new/?customer={lin}&kind=return&topic=service&severity=serious").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page)[:3] == ["return", "service", "serious"]


def test_in_a_complaint_the_steps_begin_with_the_feeling(chen, desk, lin):
    thread = asks(desk, "我要投诉，质量太差", lin)
    page = chen.get(f"/inbox/{thread}/").content.decode()
    assert 'data-complaint="1"' in page
    met = chen.post("/inbox/guard/", {"text": "真的很抱歉让您难受了", "kind": "reply", "complaint": "1"}).json()["met"]
    assert met == ["feeling"]


def test_a_draft_is_offered_only_where_an_endpoint_is_set_and_names_what_it_stands_on(chen, desk, library, settings):
    thread = asks(desk, "几天内可以退货？")
    assert "拟一段回复" not in advice(chen, thread)
    with web() as server:
        settings.DRAFTING = {"url": f"{server.base}/v1", "key": "", "model": "small"}
        server.will("/v1/chat/completions", {"choices": [{"message": {"content": "您好，7 天内可以退货。[1]"}}]})
        assert "拟一段回复" in advice(chen, thread)
        page = chen.post(f"/inbox/{thread}/draft/").content.decode()
        assert "您好，7 天内可以退货。</textarea>" in page
        assert f'href="/knowledge/{library["returns"]}/"' in page
        server.will("/v1/chat/completions", {"choices": [{"message": {"content": "NONE"}}]})
        told = chen.post(f"/inbox/{thread}/draft/")
        assert "没有写出有依据的草稿" in told.content.decode()


def last_words(thread: int) -> int:
    return Message.objects.filter(contact__thread=thread, author="customer").latest("pk").pk

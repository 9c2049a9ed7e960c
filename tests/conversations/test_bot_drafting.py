"""Drafts against a server that speaks the protocol: sources go out, personal data stay, inventions come to nothing."""

from collections.abc import Iterator

import pytest

from clothier.conversations.services import drafted
from tests.cast import Cast
from tests.conversations.servers import Web, web
from tests.knowledge.conftest import PARKING, PILLING, RETURNS, said

PATH = "/v1/chat/completions"


@pytest.fixture
def model(cast: Cast, settings) -> Iterator[Web]:
    for code, facts in {"pilling": PILLING, "returns": RETURNS, "parking": PARKING}.items():
        said(facts, code)
    with web() as server:
        settings.DRAFTING = {"url": f"{server.base}/v1", "key": "secret", "model": "small"}
        yield server


def will_say(server: Web, text: str) -> None:
    server.will(PATH, {"choices": [{"message": {"role": "assistant", "content": text}}]})


def test_nothing_is_asked_while_drafting_is_off(model: Web, settings) -> None:
    settings.DRAFTING = {}
    assert drafted("几天内可以退货？", channel="web") is None
    assert model.asked == []


def test_a_draft_quotes_the_article_it_stands_on(model: Web) -> None:
    will_say(model, "您好，7 天内可以退货。[1]")
    draft = drafted("几天内可以退货？", channel="web")
    assert draft is not None
    assert draft.text == "您好，7 天内可以退货。"
    assert [one.key for one in draft.sources] == ["returns"]
    (asked,) = model.asked
    assert asked.headers["authorization"] == "Bearer secret"
    assert asked.json["model"] == "small"
    assert "[1] 7 天内可以退货。" in asked.json["messages"][1]["content"]


def test_what_tells_a_person_stays_in_the_house(model: Web) -> None:
    will_say(model, "NONE")
    question = "我是林月，电话 13800138000，邮箱 lin@example.com，订单 2026111400231，几天内可以退货？"
    drafted(question, channel="web", names=["林月"])
    left = model.asked[0].body.decode()
    assert not [word for word in ("林月", "13800138000", "lin@example.com", "2026111400231") if word in left]
    assert "几天内可以退货" in left


@pytest.mark.parametrize(
    "text",
    [
        "30 天内可以退货。[1]",
        "7 天内可以退货。",
        "7 天内可以退货。[9]",
        "不能退，规定就是这样。[1]",
        "NONE",
        "",
    ],
)
def test_what_does_not_stand_on_its_sources_is_no_draft(model: Web, text: str) -> None:
    will_say(model, text)
    assert drafted("几天内可以退货？", channel="web") is None


def test_a_server_that_fails_or_talks_nonsense_is_no_draft(model: Web) -> None:
    model.will(PATH, {"choices": []})
    assert drafted("几天内可以退货？", channel="web") is None
    model.will(PATH, {"error": "overloaded"}, status=503)
    assert drafted("几天内可以退货？", channel="web") is None

"""Story 2: an angry chat at night, a complaint with its clocks, a curt draft that is stopped, and the last word."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser import casework, floor
from tests.browser.conftest import DESKTOP, Meet

pytestmark = pytest.mark.browser
CURT = "这个不归我管，不能退"
KIND = "非常抱歉让您失望了，我来为您处理，今天给您方案。"


def test_an_angry_customer_at_night_has_the_last_word(meet: Meet) -> None:
    operator = meet("operator", DESKTOP)
    number = casework.somebody(operator)
    her = meet(None)
    agent = meet("agent", DESKTOP)
    with nobody_at_the_desk(operator):
        _the_bot_knows_and_says_what_it_does_not(her)
        _the_bot_hears_that_she_is_angry(her)
        _the_history_goes_along(agent)  # Chen comes before the others.
        _a_curt_sentence_is_stopped(agent)
    expect(her.locator("#messages").get_by_text(KIND)).to_be_visible()  # Heard, not reloaded.
    expect(her.locator("#served")).to_contain_text("陈晓 为您服务")
    _somebody_knows_who_she_is(agent, operator, number)
    case = _a_complaint_is_open_with_its_clocks(agent)
    _fifty_is_at_hand_and_more_needs_somebody_else(agent, meet("manager", DESKTOP), case)
    _she_has_the_last_word(agent, meet(None), case)
    _what_it_was_is_on_record(agent, case)


@contextmanager
def nobody_at_the_desk(operator: Page) -> Iterator[None]:
    """It is night, whatever the time of the test: the service hours lie ten hours from now."""
    far = datetime.now(tz=ZoneInfo("Asia/Shanghai")) + timedelta(hours=10)
    _hours(operator, f"{far:%H}:00-{far:%H}:30")
    try:
        yield
    finally:
        _hours(operator, "09:00-22:00")


def _hours(operator: Page, window: str) -> None:
    operator.goto("/rules/documents/calendars/edit/")
    text = operator.locator("textarea[name=text]")
    text.fill(re.sub(r"(service:\n +every:\n +- )[\d:-]+", rf"\g<1>{window}", text.input_value(), count=1))
    floor.press(operator, "看会改变什么")
    floor.press(operator, "发布")
    expect(operator).to_have_url(re.compile("/rules/documents/calendars/"))


def _say(her: Page, words: str) -> None:
    her.get_by_label("您想说的").fill(words)
    her.get_by_role("button", name="发送", exact=True).click()
    expect(her.locator(".said__one--mine .said__text").last).to_have_text(words)


def _answer(her: Page, words: str | re.Pattern[str]) -> None:
    """A shop that has just opened for the first time is still counting its past days beside."""
    expect(her.locator(".said__one--theirs").last).to_contain_text(words, timeout=60_000)


def _the_bot_knows_and_says_what_it_does_not(her: Page) -> None:
    her.goto("/chat/")
    expect(her.locator("#served")).to_contain_text("智能助手先为您解答")
    _say(her, "毛衣应该怎么洗？")
    _answer(her, "羊毛专用洗涤剂")
    _say(her, "新天地店今天营业到几点？")
    _answer(her, re.compile(r"\d{2}:\d{2}"))
    _say(her, "你们董事长属什么生肖呀")
    _answer(her, "没有把握")


def _the_bot_hears_that_she_is_angry(her: Page) -> None:
    _say(her, "毛衣洗了一次就起球，太气人了，你们这是骗人，我要投诉！")
    _answer(her, "真的很抱歉")
    _answer(her, re.compile(r"现在不是人工服务时间，(今天|明天) \d{2}:00 会有同事回复您"))
    expect(her.locator("#served")).to_contain_text("转接人工客服")


def _the_history_goes_along(agent: Page) -> None:
    """In the morning she is among those who wait, with what was said and why it was handed over."""
    agent.goto("/inbox/?box=waiting")
    agent.locator(".talk").filter(has_text="真的很抱歉").first.click()
    told = agent.get_by_role("region", name="转人工说明")
    expect(told).to_contain_text("毛衣应该怎么洗")
    expect(told).to_contain_text("生气")
    agent.get_by_role("button", name="我来接").click()
    expect(agent.get_by_role("button", name="我来接")).to_have_count(0)


def _somebody_knows_who_she_is(agent: Page, operator: Page, number: str) -> None:
    operator.goto(f"/customers/{number}/")
    code = re.search(r"M\d{8}", operator.locator("#main").inner_text())
    assert code is not None
    aside = agent.get_by_role("complementary", name="顾客")
    aside.get_by_role("searchbox").fill(code[0])
    aside.get_by_role("button", name="找顾客").click()
    aside.get_by_role("button", name="就是这位").first.click()
    expect(aside).to_contain_text(code[0])


def _a_complaint_is_open_with_its_clocks(agent: Page) -> str:
    """It opened by itself; its address."""
    agent.get_by_role("complementary", name="顾客").get_by_role("link", name=re.compile("^投诉")).first.click()
    expect(agent).to_have_url(re.compile(r"/cases/\d+/"))
    expect(agent.locator(".page__lead")).to_contain_text("较重")
    expect(agent.locator("#desk")).to_contain_text("商品")
    assert agent.locator(".caseclock").count() >= 2
    return re.sub(r"[?#].*", "", agent.url)


def _a_curt_sentence_is_stopped(agent: Page) -> None:
    reply = agent.get_by_label("回复内容")
    reply.fill(CURT)
    expect(agent.locator("#hits").get_by_text("可以说").first).to_be_visible()  # While it is typed.
    agent.get_by_role("button", name="发送", exact=True).click()
    expect(agent.get_by_label("仍要这样说的理由")).to_be_visible()  # And stopped when it is sent.
    expect(agent.locator(".bubble").filter(has_text=CURT)).to_have_count(0)
    reply.fill(KIND)
    agent.get_by_label("仍要这样说的理由").evaluate("field => { field.required = false }")
    agent.get_by_role("button", name="发送", exact=True).click()
    expect(agent.locator(".bubble").filter(has_text=KIND)).to_be_visible()


def _fifty_is_at_hand_and_more_needs_somebody_else(agent: Page, manager: Page, case: str) -> None:
    agent.goto(case)
    casework.go_to(agent, "solution")
    agent.get_by_label("写给顾客").fill("抱歉给您添麻烦，我们为您换一件新的，明天到店。")
    floor.press(agent, "给方案")
    floor.expect_toast(agent, "方案已告知顾客")
    _give(agent, "50", "先表歉意")
    expect(agent.get_by_text("已发放").first).to_be_visible()
    _give(agent, "120", "顾客还是很失望")
    expect(agent.get_by_text("有补偿等待批准")).to_be_visible()
    manager.goto("/cases/approvals/")
    here = re.sub(r"^https?://[^/]+", "", case)
    waiting = manager.locator(".card").filter(has=manager.locator(f'a[href="{here}"]'))
    waiting.get_by_role("button", name="批准", exact=True).click()
    floor.expect_toast(manager, "已批准并发放")


def _give(agent: Page, yuan: str, why: str) -> None:
    casework.go_to(agent, "compensation")
    casework.choose(agent, "form", "coupon")
    agent.get_by_label(re.compile("^金额")).fill(yuan)
    agent.get_by_label("理由").fill(why)
    floor.press(agent, "补偿")
    floor.expect_toast(agent, "补偿已登记")


def _she_has_the_last_word(agent: Page, card: Page, case: str) -> None:
    casework.go_to(agent, "done")
    floor.press(agent, "办结")
    floor.expect_toast(agent, "已办结")
    card.goto(casework.card_of(agent))
    expect(card.get_by_text("¥120")).to_be_visible()
    card.get_by_role("button", name="满意，可以了").click()
    expect(card.get_by_text("谢谢您的耐心")).to_be_visible()
    agent.goto(case)
    expect(agent.get_by_text("顾客确认结果").first).to_be_visible()


def _what_it_was_is_on_record(agent: Page, case: str) -> None:
    casework.go_to(agent, "cause")
    agent.get_by_label("原因").select_option("pilling")
    floor.press(agent, "定原因")
    floor.expect_toast(agent, "原因已记下")
    expect(agent.locator("#desk")).to_contain_text("商品 › 起球")

"""The operator adds a promise without code; it runs on the next event, and is taken back."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import floor
from tests.browser.conftest import DESKTOP, Meet

pytestmark = pytest.mark.browser
NAME = "雨天递伞套"


def test_a_new_promise_runs_on_the_next_event_and_an_earlier_version_comes_back(meet: Meet) -> None:
    operator, greeter = meet("operator", DESKTOP), meet("greeter")
    key = f"umbrella_{uuid4().hex[:6]}"
    _write(operator, key)
    expect(operator.locator(".rulebook__changes")).to_contain_text(NAME)
    _publish(operator)
    first = _newest_version(operator)

    floor.let_in(greeter)
    operator.goto("/rules/promises/?state=open")
    expect(operator.locator("tbody tr").filter(has_text=NAME).first).to_contain_text("/ 20 秒")

    operator.goto(f"/rules/wording/{key}/")
    operator.get_by_label(re.compile("^时限")).first.fill("30s")
    floor.press(operator, "看会改变什么")
    _publish(operator)
    expect(_rule(operator, key)).to_contain_text("30 秒内")

    operator.goto(first)
    floor.press(operator, "恢复这一版")
    expect(_rule(operator, key)).to_contain_text("20 秒内")
    _delete(operator, key)
    expect(_rule(operator, key)).to_have_count(0)


def _write(operator: Page, key: str) -> None:
    operator.goto("/rules/")
    operator.get_by_role("link", name="新增承诺").click()
    for label, value in (("名称", NAME), ("代号", key), ("理由", "淋着雨进来的人先要一个伞套"), ("时限", "20s")):
        operator.get_by_label(re.compile(rf"^{label}")).first.fill(value)
    operator.get_by_label("从哪件事开始计时").select_option("visit.arrived")
    operator.get_by_label(re.compile("^做到的标志 1")).select_option("visit.aid_offered")
    operator.get_by_label("谁负责").select_option("greeter")
    floor.press(operator, "看会改变什么")


def _publish(operator: Page) -> None:
    """What will change is on the page; it holds at once."""
    expect(operator.get_by_role("heading", name="会改变什么")).to_be_visible()
    floor.press(operator, "发布")
    expect(operator).to_have_url(re.compile("/rules/documents/promises/"))


def _newest_version(operator: Page) -> str:
    operator.goto("/rules/documents/promises/versions/")
    row = operator.locator("tbody tr").filter(has_text="现行")
    return str(row.get_by_role("link").get_attribute("href"))


def _rule(operator: Page, key: str) -> Locator:
    return operator.locator(f"article#{key}")


def _delete(operator: Page, key: str) -> None:
    operator.goto(f"/rules/wording/{key}/")
    floor.press(operator, "删去这条承诺")
    _publish(operator)

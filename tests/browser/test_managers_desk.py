"""The manager follows a broken promise from the board to its reasons, and prints the stand-up sheet."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import floor
from tests.browser.conftest import DESKTOP, Meet

pytestmark = pytest.mark.browser


def test_a_broken_promise_is_followed_from_the_board_to_its_reasons(meet: Meet) -> None:
    greeter, manager = meet("greeter"), meet("manager", DESKTOP)
    floor.let_in(greeter)
    manager.goto("/board/")
    broken = manager.locator("#board .card").filter(has=manager.get_by_role("heading", name="今日未守住"))
    breach = broken.locator("a.person").filter(has_text="到店迎宾").filter(has_text="还在等").first
    expect(breach).to_be_visible(timeout=30_000)  # Ten seconds pass, and the board hears it by itself.
    breach.click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("到店迎宾")
    expect(manager.locator(".rulebook__standing")).to_contain_text("未守住")
    expect(manager.get_by_role("heading", name="为什么没守住？")).to_be_visible()
    expect(manager.locator(".rulebook__standing")).to_contain_text(re.compile(r"visit:\d+"))
    floor.press(manager, "我来处理")
    floor.expect_toast(manager, "已接手")


def test_the_stand_up_sheet_prints_without_the_frame(meet: Meet) -> None:
    manager = meet("manager", DESKTOP)
    manager.goto("/board/standup/")
    expect(manager.get_by_role("heading", name="今天谁在")).to_be_visible()
    expect(manager.get_by_role("heading", name="今天要准备")).to_be_visible()
    manager.emulate_media(media="print")
    expect(manager.locator(".rail")).to_be_hidden()
    expect(manager.get_by_role("button", name="打印")).to_be_hidden()
    expect(manager.get_by_role("heading", name="今天谁在")).to_be_visible()
    assert manager.pdf(format="A4").startswith(b"%PDF")

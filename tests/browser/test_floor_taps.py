"""Taps that go wrong in real life: no network, a second thought, a nervous finger, two colleagues at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import floor
from tests.browser.conftest import Meet

pytestmark = pytest.mark.browser


def lose_the_network(page: Page) -> None:
    page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.has('pages'))")
    page.context.set_offline(True)


def find_the_network(page: Page) -> None:
    page.context.set_offline(False)
    expect(page.locator("#outbox")).to_be_hidden(timeout=30_000)


def test_taps_without_a_network_wait_and_arrive_once(meet: Meet) -> None:
    associate = meet("associate")
    visit = floor.let_in(associate)
    floor.visitor(associate, visit).get_by_role("button", name="问候").click()
    floor.expect_toast(associate, "已问候")
    associate.goto(visit)
    lose_the_network(associate)

    floor.press(associate, "客人在找人")
    expect(associate.locator("#outbox")).to_contain_text("1 条待同步")
    floor.press(associate, "接待")
    expect(associate.locator("#outbox")).to_contain_text("2 条待同步")

    find_the_network(associate)
    associate.goto(visit)
    floor.expect_done(associate, "接待")
    floor.expect_done(associate, "驻足")


def test_a_step_is_taken_back(meet: Meet) -> None:
    associate = meet("associate")
    visit = floor.let_in(associate)
    associate.goto(visit)
    floor.press(associate, "问候")
    floor.expect_toast(associate, "已问候")
    associate.goto(visit)
    associate.locator(".step").filter(has_text="问候").get_by_role("button", name="撤销").click()
    floor.expect_toast(associate, "已撤销")
    floor.expect_done(associate, "问候", 0)


def test_a_nervous_finger_makes_one_step(meet: Meet) -> None:
    greeter = meet("greeter")
    visit = floor.let_in(greeter)
    floor.visitor(greeter, visit).get_by_role("button", name="问候").dblclick()
    floor.expect_toast(greeter, "已问候")
    greeter.goto(visit)
    floor.expect_done(greeter, "问候")
    floor.expect_done(greeter, "接待", 0)


def test_the_second_of_two_colleagues_is_told_kindly(meet: Meet) -> None:
    greeter, associate = meet("greeter"), meet("associate")
    visit = floor.let_in(greeter)
    associate.goto(visit)
    greeter.goto(visit)
    associate.wait_for_load_state("networkidle")
    floor.press(greeter, "问候")
    floor.expect_toast(greeter, "已问候")
    floor.press(associate, "问候")
    floor.expect_toast(associate, "许晓月 已经问候过这位客人了，谢谢")
    associate.goto(visit)
    floor.expect_done(associate, "问候")

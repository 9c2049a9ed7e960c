"""Chromium of the machine, pages of a phone and a desktop, and one open shop for the whole run."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.shop import Shop, open_shop

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
# Opens a page of its own for somebody: meet("greeter") on a phone, meet("operator", DESKTOP, locale="en-GB").
Meet = Callable[..., Page]


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("shop"), arguments=("--demo", "--no-life")) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("browser tests need Chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser, shop: Shop) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=shop.url, locale="zh-CN", has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser, shop: Shop) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, base_url=shop.url, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def meet(browser: Browser, shop: Shop) -> Iterator[Meet]:
    """Several people at once, each with a device of their own; a name of None is somebody who is not signed in."""
    contexts: list[BrowserContext] = []

    def arrive(who: str | None, window: dict[str, int] = PHONE, **more: Any) -> Page:
        options: dict[str, Any] = {"locale": "zh-CN", "has_touch": window is PHONE, **more}
        context = browser.new_context(viewport=window, base_url=shop.url, **options)
        contexts.append(context)
        page = context.new_page()
        return sign_in(page, shop, who) if who else page

    yield arrive
    for context in contexts:
        context.close()


def sign_in(page: Page, shop: Shop, who: str) -> Page:
    """Through the door like everybody else; `who` is a demo account (greeter, associate, manager, operator, …)."""
    page.goto("/accounts/login/")
    page.get_by_label("用户名").fill(who)
    page.get_by_label("密码").fill(shop.password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page

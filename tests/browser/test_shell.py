"""The frame in a real browser: nothing breaks the policy, everybody can use it, and a phone may lose the network."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

pytestmark = pytest.mark.browser
PASSWORD = "clothier"
SERIOUS = {"serious", "critical"}


def enter(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/(board|floor|studio|customers)/"))


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, as rule and first place."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in SERIOUS]


@pytest.fixture
def complaints(desktop: Page) -> list[str]:
    """What the browser itself objects to: refused scripts and styles, errors in modules."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    desktop.on("console", hear)
    desktop.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/design/", "/studio/", "/studio/log/", "/board/", "/accounts/2fa/"])
def test_no_page_keeps_anybody_out(desktop: Page, complaints: list[str], address: str, theme: str) -> None:
    desktop.emulate_media(color_scheme=theme, reduced_motion="reduce")
    enter(desktop, "operator")
    desktop.goto(address)
    assert barriers(desktop) == []
    assert complaints == []


def test_a_chart_is_drawn_without_eval(desktop: Page, complaints: list[str]) -> None:
    enter(desktop, "operator")
    desktop.goto("/design/")
    expect(desktop.locator(".chart[data-drawn] svg").first).to_be_visible()
    assert complaints == []


def test_the_theme_changes_at_once_and_stays(desktop: Page) -> None:
    enter(desktop, "manager")
    desktop.locator(".rail__foot summary").click()
    desktop.locator(".rail__foot button[value=dark]").click()
    expect(desktop.locator("html")).to_have_attribute("data-theme", "dark")
    desktop.wait_for_load_state("networkidle")
    desktop.goto("/board/")
    expect(desktop.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_dialog_opens_by_keyboard_and_closes_with_escape(desktop: Page) -> None:
    enter(desktop, "operator")
    desktop.goto("/design/")
    desktop.locator("[data-opens=light-dialog]").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#light-dialog")).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#light-dialog")).to_be_hidden()


def test_what_is_said_without_a_network_waits_and_arrives_once(phone: Page, desktop: Page) -> None:
    enter(desktop, "manager")
    inside = desktop.locator("#board .stat__value").first
    before = int(re.sub(r"\D", "", inside.inner_text()))
    enter(phone, "greeter")
    phone.wait_for_function("navigator.serviceWorker.ready.then(() => caches.has('pages'))")
    phone.context.set_offline(True)
    phone.locator('form[action="/floor/arrivals/"] button').first.click()
    expect(phone.locator("#outbox")).to_contain_text("1")
    phone.goto("/floor/")
    expect(phone.locator("#outbox")).to_contain_text("1")
    phone.context.set_offline(False)
    expect(phone.locator("#outbox")).to_be_hidden(timeout=30_000)
    # The board heard it over the live feed, and counts one more, not two.
    expect(inside).to_have_text(re.compile(rf"^{before + 1}\D*$"), timeout=15_000)

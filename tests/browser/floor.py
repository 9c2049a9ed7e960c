"""What people do on the floor, as they would say it."""

import re

from playwright.sync_api import Locator, Page, expect

MINE = re.compile(r"/floor/visits/(\d+)/")


def open_floor(page: Page) -> None:
    """The queue, listening: what happens elsewhere appears by itself."""
    with page.expect_response(lambda response: "/live/" in response.url):
        page.goto("/floor/")


def let_in(page: Page, party: int = 1) -> str:
    """Somebody came in: one tap at the door. The address of their visit."""
    page.goto("/floor/")
    before = set(visits(page))
    if party == 1:
        page.get_by_role("button", name="到店 1 位").click()
    else:
        page.get_by_role("link", name="多位或会员").click()
        dialog = page.get_by_role("dialog", name="谁到店了")
        dialog.get_by_text(str(party), exact=True).click()
        dialog.get_by_role("button", name="登记到店").click()
    expect(page.locator("#queue .visitor__who")).not_to_have_count(len(before))
    return next(address for address in visits(page) if address not in before)


def visits(page: Page) -> list[str]:
    """The visits of the queue in their order."""
    return [str(link.get_attribute("href")) for link in page.locator("#queue .visitor__who").all()]


def visitor(page: Page, who: str) -> Locator:
    """A visitor's card in the queue, by name or by the address of the visit."""
    if who.startswith("/"):
        return page.locator("#queue .visitor").filter(has=page.locator(f'a[href="{who}"]'))
    return page.locator("#queue .visitor").filter(has_text=who)


def press(page: Page, name: str) -> None:
    """Press a button of the page's own part, by its whole name."""
    page.locator("#main").get_by_role("button", name=name, exact=True).click()


def step(page: Page, name: str) -> None:
    """Go to a step of the path."""
    page.locator(".path__step, .chips .chip").filter(has_text=name).first.click()


def expect_done(page: Page, what: str, times: int = 1) -> None:
    """The visit's history says so, as often as it happened."""
    said = page.locator(".step .person__name").filter(has_text=re.compile(rf"^{what}"))
    expect(said).to_have_count(times)


def expect_toast(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#toasts .toast").filter(has_text=words).first).to_be_visible()

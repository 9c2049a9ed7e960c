"""Every page of every desk keeps nobody out, runs over no edge, and gives the browser no cause for complaint."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import floor
from tests.browser.conftest import DESKTOP, PHONE, Meet

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}
PLACE = "(({x, y}) => Math.round(y) * 10000 + Math.round(x))(document.activeElement.getBoundingClientRect())"

# The pages of a desk that have an address of their own; those of one thing are added by `pages_of`.
PAGES = {
    "greeter": ["/floor/", "/floor/arrivals/", "/customers/", "/rules/", "/roster/mine/"],
    "agent": [
        "/customers/",
        "/rules/",
        "/cases/?box=all",
        "/cases/new/",
        "/inbox/",
        "/inbox/?box=team",
        "/inbox/saved/",
        "/inbox/wording/",
        "/knowledge/",
    ],
    "manager": [
        "/board/",
        "/board/standup/",
        "/roster/",
        "/kiosk/devices/",
        "/rules/promises/",
        "/reports/",
        "/cases/approvals/",
        "/inbox/board/",
    ],
    "operator": [
        "/studio/",
        "/studio/log/",
        "/studio/deliveries/",
        "/studio/privacy/",
        "/board/",
        "/customers/new/",
        "/customers/access/",
        "/customers/review/",
        "/customers/segments/",
        "/customers/segments/new/",
        "/imports/",
        "/rules/",
        "/rules/manual/",
        "/rules/documents/promises/",
        "/rules/documents/promises/edit/",
        "/rules/documents/promises/versions/",
        "/rules/wording/new/",
        "/rules/wording/greet/",
        "/reports/",
        "/knowledge/",
        "/knowledge/gaps/",
        "/knowledge/marks/",
        "/knowledge/new/",
    ],
    "admin": ["/accounts/2fa/", "/floor/store/"],
    "mall": ["/"],
}


def pages_of(page: Page, who: str) -> list[str]:
    """A desk's addresses with one visit, one customer or one promise of its own."""
    found = list(PAGES[who])
    if who == "greeter":
        visit = floor.let_in(page)
        steps = ("greeted", "approached", "need_recorded", "proposed", "fitting", "left", "aid_offered", "identified")
        found += [f"{visit}?step={step}" for step in steps]
    if who == "operator":
        page.goto("/customers/?q=wang")
        profile = str(page.locator("[data-hits] > a").first.get_attribute("href"))
        found += [profile, *(f"{profile}{part}/" for part in ("edit", "consents", "notes", "notes/new", "privacy"))]
    if who == "agent":
        page.goto("/inbox/?box=closed")
        found += [str(page.locator(".talk").first.get_attribute("href"))]
        page.goto("/cases/?box=all")
        numbered = page.locator("a[href^='/cases/']").filter(has_text=re.compile(r"S\d{6}"))
        found += [str(numbered.first.get_attribute("href"))]
    if who == "manager":
        page.goto("/rules/promises/")
        first = page.locator("tbody tr[data-href]").first
        found += [str(first.get_attribute("data-href"))] if first.count() else []
    return found


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, as rule and first place."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in SERIOUS]


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window, so that the page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


def listen(page: Page, complaints: list[str]) -> None:
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize(("window", "theme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_every_page_is_open_to_everybody(meet: Meet, who: str, window: dict[str, int], theme: str) -> None:
    page = meet(who, window, color_scheme=theme, reduced_motion="reduce")
    wrong: list[str] = []
    complaints: list[str] = []
    listen(page, complaints)
    for address in pages_of(page, who):
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address} answers {answer.status}"
        wrong += [f"{address} {window['width']} {theme}: {one}" for one in (*barriers(page), *too_wide(page))]
        # The other theme differs in colours alone. Read anew: colours that are still fading are nobody's.
        page.emulate_media(color_scheme="dark" if theme == "light" else "light")
        page.reload()
        colours = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        wrong += [f"{address} {window['width']} other theme: {v['nodes'][0]['html'][:160]}" for v in colours]
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    assert not wrong, "\n" + "\n".join(wrong)
    assert complaints == []


def test_the_keyboard_skips_the_frame_and_walks_in_order(meet: Meet) -> None:
    operator = meet("operator", DESKTOP)
    operator.goto("/rules/")
    operator.keyboard.press("Tab")
    skip = operator.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    operator.keyboard.press("Enter")
    expect(operator).to_have_url(re.compile("#main$"))
    operator.keyboard.press("Tab")
    assert operator.evaluate("document.getElementById('main').contains(document.activeElement)")
    tops = []
    for _ in range(4):
        tops.append(operator.evaluate(PLACE))
        operator.keyboard.press("Tab")
    assert tops == sorted(tops)

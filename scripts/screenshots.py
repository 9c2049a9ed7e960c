#!/usr/bin/env python3
"""Take the README's pictures from a demo chain that lives: scripts/screenshots.py (make screenshots).

Starts the shop as `make run` does, in a throw-away folder, waits until visitors are in, and photographs the pages.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.shop import Shop, open_shop  # noqa: E402

PICTURES = ROOT / "docs" / "screenshots"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
VISITORS_COME_IN = 60_000

# name, who looks, page, window, theme
PAGES = [
    ("floor-phone", "greeter", "/floor/", PHONE, "light"),
    ("floor-phone-dark", "greeter", "/floor/", PHONE, "dark"),
    ("board", "manager", "/board/", DESKTOP, "light"),
    ("rules", "operator", "/rules/", DESKTOP, "light"),
    ("customers", "operator", "/customers/", DESKTOP, "light"),
    ("reports", "operator", "/reports/", DESKTOP, "dark"),
]


def photograph(browser: Browser, shop: Shop) -> None:
    for name, who, path, window, theme in PAGES:
        context = browser.new_context(base_url=shop.url, viewport=window, color_scheme=theme, locale="zh-CN")
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("用户名").fill(who)
        page.get_by_label("密码").fill(shop.password)
        page.get_by_role("button", name="登录", exact=True).click()
        page.goto(path)
        page.wait_for_timeout(800)
        page.screenshot(path=PICTURES / f"{name}.png")
        context.close()
        print(f"docs/screenshots/{name}.png")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="clothier-pictures-"))
    try:
        with open_shop(home, customers=2000) as shop, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            browser.new_page().wait_for_timeout(VISITORS_COME_IN)
            photograph(browser, shop)
            browser.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()

"""What people do at the desk of cases, as they would say it."""

import re

from playwright.sync_api import Page


def somebody(operator: Page) -> str:
    """A customer with goods no case speaks of: the number of the record."""
    operator.goto("/customers/?q=wang")
    for link in operator.locator("[data-hits] > a").all():
        number = re.sub(r"\D", "", str(link.get_attribute("href")))
        operator.goto(f"/cases/new/?customer={number}")
        if operator.locator(".casegoods__one input:enabled").count():
            return number
        operator.goto("/customers/?q=wang")
    raise AssertionError("nobody of that name bought anything")


def choose(page: Page, field: str, value: str) -> None:
    page.locator(f"input[name={field}][value={value}]").check()


def go_to(page: Page, action: str) -> None:
    """Open an action's form on the case's page, wherever its chip lies."""
    page.goto(f"{re.sub(r'[?#].*', '', page.url)}?do={action}")


def card_of(page: Page) -> str:
    return str(page.locator(".casecard a").get_attribute("href"))

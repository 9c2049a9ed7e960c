"""What people wait for: profile, search and board."""

from collections.abc import Iterable
from dataclasses import replace

from clothier.cli.benches.analysing import saved
from clothier.cli.benches.measuring import Figure, percentiles
from clothier.cli.benches.pages import page, pages, signed_in
from clothier.customers.selectors import find, members
from clothier.kernel.access import SYSTEM

# A common surname, a given name, pinyin, initials, four digits, and somebody who is not there.
QUERIES = ["王", "王芳", "wangfang", "lx", "2071", "M0000042", "13800000000", "欧阳不存在"]


def profile(customers: int) -> list[Figure]:
    """The whole page of a customer, first of one in the middle and then of the one with the longest history."""
    people = members(saved("everybody"), limit=200)
    busiest = max(people, key=lambda person: person.orders)
    client = signed_in("manager")
    return [
        *_named("a customer", page(client, f"/customers/{people[len(people) // 2].pk}/")),
        *_named("the busiest", page(client, f"/customers/{busiest.pk}/")),
    ]


def search(customers: int) -> list[Figure]:
    """The question itself, and the page with its answer."""
    asked = [figure for query in QUERIES for figure in _asked(query)]
    return asked + page(signed_in("manager"), "/customers/?q=wangfang")


def board(customers: int) -> list[Figure]:
    return pages("manager", ["/board/", "/board/{store}/", "/board/{store}/standup/"])


def _asked(query: str) -> list[Figure]:
    return percentiles(f"find {query}", lambda: find(SYSTEM, query))


def _named(who: str, figures: Iterable[Figure]) -> list[Figure]:
    return [replace(each, name=f"{who}: {each.name}") for each in figures]

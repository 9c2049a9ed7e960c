"""Pages as the desks ask for them, through every layer but the network."""

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.test import Client

from clothier.cli import ready
from clothier.cli.benches.measuring import Figure, percentiles, timed
from clothier.cli.benches.walking import walk
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.simulation.selectors import demo_accounts

ROLES = ("associate", "agent", "manager", "mall", "operator", "admin")
LOOKS = 7
SHOWN = 12


def signed_in(role: str) -> Client:
    """A browser of the demo's person of that role."""
    name = next(account.username for account in demo_accounts() if account.role == role)
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(get_user_model().objects.get(username=name))
    return client


def page(client: Client, path: str) -> list[Figure]:
    """Nothing when the page is not there for this person (404): the bench tells only of what was answered."""
    answer = client.get(path)
    if answer.status_code == 404:
        return []
    if answer.status_code >= 400:
        raise AssertionError(f"{path} answers {answer.status_code}")
    return percentiles(path, lambda: client.get(path))


def pages(role: str, paths: Iterable[str]) -> list[Figure]:
    client, store = signed_in(role), stores_for(SYSTEM).order_by("pk").values_list("code", flat=True)[0]
    return [figure for path in paths for figure in page(client, path.format(store=store))]


def every_page(customers: int) -> list[Figure]:
    """Every page each role can open; those that take longest in full. The budget is 25 ms at the 95th percentile.

    A table or a calendar to take away is made of every row it has, and is measured apart from what people look at. With
    the garbage collector held as the server holds it, for that is what people wait for.
    """
    ready.hold_still()
    found = sorted(look for role in ROLES for look in _looked_at(role, signed_in(role)))
    read, files = [look for look in found if look.is_page], [look for look in found if not look.is_page]
    worst = [figure for look in read[: -SHOWN - 1 : -1] for figure in _in_full(look)]
    return [
        Figure("pages", len(read), "pages"),
        Figure("the median page p50", statistics.median(look.median for look in read), "ms"),
        _slowest("the slowest page p95", worst),
        *worst,
        *_slowest_file(files),
    ]


class Look(NamedTuple):
    """The median time in ms of an address somebody can open, warm; a file is no page."""

    median: float
    role: str
    path: str
    is_page: bool


def _looked_at(role: str, client: Client) -> Iterator[Look]:
    for path in walk(client).values():
        kind = client.get(path).headers["Content-Type"]
        times = [timed(lambda path=path: client.get(path)) for _ in range(LOOKS)]  # type: ignore[misc]
        yield Look(statistics.median(times) * 1000, role, path, is_page=kind.startswith("text/html"))


def _slowest_file(files: list[Look]) -> list[Figure]:
    if not files:
        return []
    told = _in_full(files[-1])
    return [Figure("files", len(files), "files"), _slowest("the slowest file p95", told), *told]


def _slowest(name: str, figures: Iterable[Figure]) -> Figure:
    worst = max((figure for figure in figures if figure.name.endswith("p95")), key=lambda figure: figure.value)
    return replace(worst, name=name)


def _in_full(look: Look) -> list[Figure]:
    figures = page(signed_in(look.role), look.path)
    return [replace(each, name=f"{look.role}: {each.name}") for each in figures]

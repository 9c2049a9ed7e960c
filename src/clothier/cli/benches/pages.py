"""Pages as the desks ask for them, through every layer but the network."""

import statistics
from collections.abc import Iterable, Iterator

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

    With the garbage collector held as the server holds it, for that is what people wait for.
    """
    ready.hold_still()
    found = sorted((median, role, path) for role in ROLES for median, path in _looked_at(signed_in(role)))
    worst = [
        figure for _ms, role, path in found[: -SHOWN - 1 : -1] for figure in _named(role, page(signed_in(role), path))
    ]
    slowest = max((figure for figure in worst if figure.name.endswith("p95")), key=lambda figure: figure.value)
    return [
        Figure("pages", len(found), "pages"),
        Figure("the median page p50", statistics.median(median for median, _role, _path in found), "ms"),
        Figure("the slowest page p95", slowest.value, "ms", slowest.floor),
        *worst,
    ]


def _looked_at(client: Client) -> Iterator[tuple[float, str]]:
    """The median time in ms of every page this person can open, warm."""
    for path in walk(client).values():
        yield statistics.median(timed(lambda path=path: client.get(path)) for _ in range(LOOKS)) * 1000, path  # type: ignore[misc]


def _named(role: str, figures: Iterable[Figure]) -> list[Figure]:
    return [Figure(f"{role}: {each.name}", each.value, each.unit, each.floor) for each in figures]

"""Pages as the desks ask for them, through every layer but the network."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.test import Client

from clothier.cli.benches.measuring import Figure, percentiles
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.simulation.selectors import demo_accounts

DESKS = {
    "associate": ["/", "/floor/", "/customers/"],
    "manager": ["/board/", "/board/{store}/", "/board/{store}/standup/", "/customers/"],
    "operator": ["/studio/", "/customers/segments/", "/rules/", "/rules/manual/", "/rules/promises/", "/reports/"],
}


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

"""Eight people at work at once: signed in, over HTTP, every tap with its event and its clocks."""

import statistics
from collections.abc import Callable, Iterator
from itertools import cycle, repeat
from uuid import uuid4

from clothier.cli.benches.browsing import CLIENTS, Browser, Person, browsers, per_second
from clothier.cli.benches.lean import Statements, twins
from clothier.cli.benches.measuring import Figure, recorded
from clothier.cli.benches.pages import signed_in
from clothier.cli.benches.serving import lean, served, settle
from clothier.customers.selectors import condition_of, members
from clothier.customers.services import save_segment
from clothier.kernel.access import SYSTEM, Role
from clothier.places.selectors import stores_for
from clothier.simulation.selectors import demo_accounts
from clothier.visits.services.bulk import Arrival, arrive_all

WAITING = 4000
Task = Callable[[Person], object]


def desks(customers: int) -> list[Figure]:
    """What a second holds, beside a lean view of the same statements behind the same server."""
    store = stores_for(SYSTEM).order_by("pk")[0].pk
    everybody = condition_of(save_segment(name=f"bench {uuid4().hex}", condition={"kind": "all", "of": []}))
    pages = cycle([person.pk for person in members(everybody, limit=5000)])
    tasks: dict[str, Task] = {
        "a customer": lambda person: person.get(f"/customers/{next(pages)}/"),
        "customers": _reading("/customers/"),
        "promises, fifty": _reading("/rules/promises/"),
        "the floor": _reading("/floor/"),
        "arrival": _arriving,
        "greeting": _greeting(_waiting(store)),
    }
    floors = _floors(tasks)
    figures: list[Figure] = []
    with served() as port:
        settle()
        people = browsers(
            port, [(each.username, each.password) for each in demo_accounts() if each.role == Role.MANAGER]
        )
        for name, task in tasks.items():
            rate, took = per_second(people, repeat(task))
            figures.append(Figure(name, rate, "/s", floors[name]))
            figures.append(Figure(f"{name} p95", statistics.quantiles(took, n=20)[-1] * 1000, "ms"))
    return figures


def _floors(tasks: dict[str, Task]) -> dict[str, float]:
    """How often a second the lean view answers each. Every task is done once in this process, to learn what it asks."""
    somebody = _Inside()
    asked: list[Statements] = []
    for task in tasks.values():
        task(somebody)
        with recorded(writing=True) as queries:
            task(somebody)
        asked.append(queries.told)
    with twins(asked) as views, lean(views) as port:
        everybody = [Browser(port) for _ in range(CLIENTS)]
        rates = [per_second(everybody, repeat(_reading(f"/{number}")))[0] for number in range(len(views))]
    return dict(zip(tasks, rates, strict=True))


class _Inside:
    """A manager in this very process."""

    def __init__(self) -> None:
        self._client = signed_in("manager")

    def get(self, path: str) -> bytes:
        return self._client.get(path).content

    def post(self, path: str, **fields: str) -> int:
        return self._client.post(path, fields).status_code


def _reading(path: str) -> Task:
    return lambda person: person.get(path)


def _arriving(person: Person) -> None:
    _done(person.post("/floor/arrivals/", party_size="1", key=uuid4().hex))


def _greeting(visits: Iterator[int]) -> Task:
    return lambda person: _done(person.post(f"/floor/visits/{next(visits)}/greeting/", key=uuid4().hex))


def _done(status: int) -> None:
    if status != 303:
        raise RuntimeError(f"a tap was answered with {status}")


def _waiting(store: int) -> Iterator[int]:
    """Visitors whom nobody has greeted yet, as many as can be greeted while it is measured."""
    run = uuid4().hex[:12]
    told = arrive_all(arrivals=[Arrival(store, "greeter", f"{run}-{n}") for n in range(WAITING)])
    return iter([one.id for one in told if one.id])

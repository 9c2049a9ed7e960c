"""Events told by tills, readers and sensors: how many a second until durable, and how long until all has followed."""

import http.client
import itertools
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from clothier.api.contracts import Scope
from clothier.api.services import Ingestion, caller, create_key
from clothier.cli.benches.measuring import Figure
from clothier.cli.benches.serving import followed, served, settle
from clothier.cli.benches.written import floor_of_writing, rows_written
from clothier.customers.selectors import condition_of, members
from clothier.customers.services import save_segment
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for, zones_for

STREAM = 1998  # lines of one request; whole turns, for a stay names the arrival before it
MACHINES = 4  # that tell at the same time
Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Run:
    """One stream that was told: seconds until all of it was acknowledged, until all had followed, of processor time
    where it was told in this process, and its rows.
    """

    name: str
    events: int
    acknowledged: float
    applied: float | None
    cpu: float | None
    rows: dict[str, list[Any]]

    def figures(self) -> list[Figure]:
        """With the floor of the same rows; asked when nobody else writes any more."""
        floor = self.events / floor_of_writing(self.rows)
        cpu = self.cpu and self.events / self.cpu
        told = [Figure(self.name, self.events / self.acknowledged, "events/s", floor, cpu)]
        return told if self.applied is None else [*told, Figure(f"{self.name}: applied after", self.applied, "s")]


def ingest(events: int) -> list[Figure]:
    """Sales, arrivals, and sales, arrivals and stays in turn: first through the verbs alone, then over HTTP."""
    key = create_key(name=f"bench {uuid4().hex}", scopes=list(Scope))
    who = caller(key)
    assert who
    everybody = condition_of(save_segment(name=f"bench {uuid4().hex}", condition={"kind": "all", "of": []}))
    ids = [person.pk for person in members(everybody, limit=20_000)]
    # Who buys may buy again; who has come in is here, and would not arrive a second time.
    people, visitors = itertools.cycle(ids), iter(ids)
    runs: list[Run] = []
    for kind, lines in _kinds(events, people, visitors):
        runs.append(_told(f"{kind}, in the process", lines, lambda told: _take(Ingestion(who), told)))
    with served() as port, ThreadPoolExecutor(MACHINES) as machines:
        settle()
        for kind, lines in _kinds(events, people, visitors):
            runs.append(_told(f"{kind}, over HTTP", lines, lambda told: _post(machines, port, key, told), wait=True))
    return [figure for run in runs for figure in run.figures()]


def _told(name: str, lines: list[Line], tell: Callable[[list[bytes]], int], *, wait: bool = False) -> Run:
    """Until all are acknowledged; with `wait` also until the worker has done what follows from them."""
    told = [json.dumps(line).encode() for line in lines]
    moments: list[float] = []

    def tell_all() -> None:
        moments.append(time.perf_counter())
        rejected = tell(told)
        moments.append(time.perf_counter())
        if wait:
            followed()
        moments.append(time.perf_counter())
        assert not rejected, f"{rejected} lines rejected"

    took, rows = rows_written(tell_all)
    began, acknowledged, applied = moments
    if wait:
        return Run(name, len(lines), acknowledged - began, applied - acknowledged, None, rows)
    return Run(name, len(lines), acknowledged - began, None, took.cpu, rows)


def _take(ingestion: Ingestion, told: list[bytes]) -> int:
    for number, line in enumerate(told, start=1):
        ingestion.take(number, line)
    ingestion.flush()
    return len(ingestion.refusals)


def _post(machines: ThreadPoolExecutor, port: int, key: str, told: list[bytes]) -> int:
    streams = [b"\n".join(told[first : first + STREAM]) for first in range(0, len(told), STREAM)]
    return sum(machines.map(lambda body: _rejected(port, key, body), streams))


def _rejected(port: int, key: str, body: bytes) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/x-ndjson"}
    asked.request("POST", "/api/v1/events", body, headers)
    answer = asked.getresponse()
    told = json.loads(answer.read())
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {told}")
    return int(told["rejected"])


def _kinds(events: int, people: Iterator[int], visitors: Iterator[int]) -> Iterator[tuple[str, list[Line]]]:
    """Each kind with lines never told before. Two sales in three, and one arrival in ten, are a known customer's."""
    store = stores_for(SYSTEM).order_by("pk")[0]
    zone = zones_for(SYSTEM, store=store.pk)[0].code
    numbers, nobody = range(events), iter(())
    run = uuid4().hex[:12]
    yield "sales", [_sale(f"{run}-{n}", store.code, n, people) for n in numbers]
    yield "arrivals", [_arrival(f"{run}-{n}", store.code, n, visitors) for n in numbers]
    thirds = [f"{uuid4().hex[:12]}-{n}" for n in range(events // 3)]
    turns = (
        (_sale(key, store.code, n, people), _arrival(key, store.code, n, nobody), _stay(key, store.code, zone))
        for n, key in enumerate(thirds)
    )
    yield "a third each", list(itertools.chain.from_iterable(turns))


def _sale(key: str, store: str, number: int, people: Iterator[int]) -> Line:
    goods = {"code": f"BENCH{number % 500}", "quantity": 1, "total_fen": 19_900}
    sold: Line = {"type": "sale", "key": f"s{key}", "store": store, "lines": [goods]}
    return {**sold, "customer": next(people)} if number % 3 else sold


def _arrival(key: str, store: str, number: int, visitors: Iterator[int]) -> Line:
    came: Line = {"type": "arrival", "key": f"a{key}", "store": store, "via": "rfid"}
    return came if number % 10 else {**came, "customer": next(visitors, None)}


def _stay(key: str, store: str, zone: str) -> Line:
    told: Line = {"type": "zone", "key": f"z{key}", "visit_key": f"a{key}", "store": store}
    return {**told, "zone": zone, "dwell_seconds": 30}

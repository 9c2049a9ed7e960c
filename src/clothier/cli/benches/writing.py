"""How much can come in: events over the API, promises breaking, orders from a file."""

import csv
import itertools
import json
import random
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.services import create_key
from clothier.cli.benches.measuring import Figure, percentiles, timed
from clothier.cli.benches.written import floor_of_writing, rows_written
from clothier.imports import services as imports
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for, zones_for
from clothier.standards.services import next_due, sweep
from clothier.visits.services.bulk import Arrival, arrive_all

EVENTS = 20_000


def ingest(customers: int) -> list[Figure]:
    """POST /api/v1/events with a stream of each kind, and of all together: lines a second until durable."""
    store = stores_for(SYSTEM).order_by("pk")[0]
    zone = zones_for(SYSTEM, store=store.pk)[0].code
    key = create_key(name="bench", scopes=list(Scope))
    mixed = [
        line
        for three in zip(_sales(store.code), _arrivals(store.code), _stays(store.code, zone), strict=True)
        for line in three
    ]
    kinds = {"sales": _sales, "arrivals": _arrivals}
    figures = [_ingested(name, [*make(store.code, name)], key) for name, make in kinds.items()]
    return [*figures, _ingested("a third each", mixed, key)]


def promises(customers: int) -> list[Figure]:
    """As many promises as customers, all running: how long the sweeper looks for the next, and how it clears them."""
    noon = clock.now().replace(hour=4, minute=0, second=0, microsecond=0)
    store = stores_for(SYSTEM).order_by("pk")[0].pk
    with clock.simulated(noon) as at:
        while sweep():
            pass
        opened, rows = rows_written(lambda: _open(store, customers))
        look = percentiles("find the next due", next_due)
        at.advance(timedelta(minutes=1).total_seconds())
        swept, fired = rows_written(_sweep_all)
        return [
            Figure("promises begun", customers / opened, "promises/s", customers / floor_of_writing(rows)),
            *look,
            Figure("promises broken", customers / swept, "promises/s", customers / max(floor_of_writing(fired), 1e-9)),
            Figure("lag with one due", _lag(store), "ms", look[0].value),
        ]


def import_(customers: int) -> list[Figure]:
    """`clothier import orders` of five lines a customer, from the file to the books and profiles."""
    lines = customers * 5
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        _write_orders(file.name, customers, lines)
        draft = imports.register_file(kind="orders", path=Path(file.name))
        imports.confirm(import_id=draft.pk, columns=draft.columns, options=draft.options)
        imports.request(import_id=draft.pk)
        took, rows = rows_written(lambda: imports.run(import_id=draft.pk))
    return [Figure("order lines imported", lines / took, "lines/s", lines / floor_of_writing(rows))]


def _ingested(name: str, lines: list[dict[str, object]], key: str) -> Figure:
    body = "\n".join(json.dumps(line) for line in lines).encode()
    client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {key}")

    def post() -> None:
        told = client.post("/api/v1/events", body, content_type="application/x-ndjson").json()
        assert told["accepted"] == len(lines), told

    took, rows = rows_written(post)
    return Figure(name, len(lines) / took, "events/s", len(lines) / floor_of_writing(rows))


def _sales(store: str, prefix: str = "mixed", count: int = EVENTS) -> Iterator[dict[str, object]]:
    for number in range(count):
        goods = {"code": f"BENCH{number % 500}", "quantity": 1, "total_fen": 19_900}
        yield {"type": "sale", "key": f"{prefix}-s{number}", "store": store, "lines": [goods]}


def _arrivals(store: str, prefix: str = "mixed", count: int = EVENTS) -> Iterator[dict[str, object]]:
    for number in range(count):
        yield {"type": "arrival", "key": f"{prefix}-a{number}", "store": store, "via": "rfid"}


def _stays(store: str, zone: str, count: int = EVENTS) -> Iterator[dict[str, object]]:
    for number in range(count):
        told = {"type": "zone", "key": f"mixed-z{number}", "visit_key": f"mixed-a{number}", "store": store}
        yield {**told, "zone": zone, "dwell_seconds": 30}


def _open(store: int, count: int) -> None:
    # A kept shop has seen this bench before: its keys must be new ones.
    run, numbers = uuid4().hex[:12], iter(range(count))
    while batch := list(itertools.islice(numbers, 1000)):
        arrive_all(arrivals=[Arrival(store, "greeter", f"{run}-{number}") for number in batch])


def _sweep_all() -> None:
    while sweep():
        pass


def _lag(store: int) -> float:
    """Milliseconds from the moment one promise is due to its step being recorded, with the sweeper awake."""
    arrive_all(arrivals=[Arrival(store, "greeter", uuid4().hex)])
    with clock.simulated(clock.now() + timedelta(minutes=5)):
        return timed(sweep) * 1000


def _write_orders(path: str, customers: int, lines: int) -> None:
    draw = random.Random(7)  # noqa: S311 - the same file every time
    day = clock.now() - timedelta(days=400)
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"])
        for number in range(lines):
            when = day + timedelta(minutes=number // 3 * 2)
            order, customer = 500_000 + number // 3, 10_000 + number // 3 % customers
            price = f"{draw.randint(100, 99_900) / 100:.2f}"
            table.writerow([order, f"K{number % 600}", "bench", 1, f"{when:%Y-%m-%d %H:%M}", price, customer])

"""Pages that stay open: how long after its commit an event has reached every one of them."""

import asyncio
import http.client
import json
import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection

from clothier.cli.benches.measuring import Figure
from clothier.cli.benches.serving import served
from clothier.eventlog.selectors import recent
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.simulation.selectors import demo_accounts
from clothier.visits.events import VisitArrived
from clothier.visits.services.bulk import Arrival, arrive_all

EVENTS = 20
RUSH = 2000  # events of one commit
PATIENCE = 30.0  # seconds until a page that hears nothing counts as deaf
STORE = "sh-xintiandi"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Page:
    """One page's feed: when it was last told of a visit or to look again, and the event it then knew of."""

    cookie: str
    heard: float = 0.0
    reached: int = 0
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, port: int) -> "asyncio.Task[None]":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {self.cookie}\r\n\r\n".encode())
        status = await asyncio.wait_for(reader.readline(), PATIENCE)
        if b" 200 " not in status:
            raise RuntimeError(f"the live feed answers {status.decode().strip()}")
        while not (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"retry:"):
            pass
        return asyncio.create_task(self._listen(reader, writer))

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told: dict[str, str] = {}
        try:
            while line := await reader.readline():
                name, _colon, value = line.decode().rstrip().partition(": ")
                told[name] = value
                if name == "data" and told.get("event") in {"visit", "resync"}:
                    self.heard, self.reached = time.perf_counter(), json.loads(value).get("id", int(told["id"]))
                    self.told.set()
        finally:
            writer.close()

    async def knows(self, event: int) -> None:
        while self.reached < event:
            self.told.clear()
            await self.told.wait()


def live(pages: int) -> list[Figure]:
    """So many pages of the demo's people, each signed in as everybody signs in, over the loopback."""
    with served(web=1) as port:
        cookies = [_sign_in(port, account.username, account.password) for account in demo_accounts()]
        return asyncio.run(_measure(port, [Page(cookies[number % len(cookies)]) for number in range(pages)]))


async def _measure(port: int, pages: list[Page]) -> list[Figure]:
    began = time.perf_counter()
    tasks = [task for first in range(0, len(pages), 50) for task in await _opened(port, pages[first : first + 50])]
    opened = time.perf_counter() - began
    store = await asyncio.to_thread(_closing, lambda: stores_for(SYSTEM).get(code=STORE).pk)
    try:
        rounds = [await _round(pages, store, 1) for _ in range(EVENTS)]
        rush = await _round(pages, store, RUSH)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    every = [after for told in rounds for after in told]
    name = f"{len(pages)} pages"
    return [
        Figure(f"{name} opened", len(pages) / opened, "pages/s"),
        Figure(f"{name}: a page has an event after p50", statistics.median(every) * 1000, "ms"),
        Figure(f"{name}: a page has an event after p99", statistics.quantiles(every, n=100)[-1] * 1000, "ms"),
        Figure(f"{name}: all have it after, worst of {EVENTS}", max(every) * 1000, "ms"),
        Figure(f"{name}: all know of {RUSH} events at once after", max(rush) * 1000, "ms"),
    ]


async def _opened(port: int, pages: Iterable[Page]) -> "list[asyncio.Task[None]]":
    return list(await asyncio.gather(*(page.open(port) for page in pages)))


async def _round(pages: list[Page], store: int, events: int) -> list[float]:
    """Seconds from the commit of so many arrivals until each page knew of them."""
    # Somebody comes in at any moment of the feed's rhythm.
    await asyncio.sleep(0.5 + 0.037 * (time.perf_counter_ns() % 7))
    committed, last = await asyncio.to_thread(_closing, lambda: _arrive(store, events))
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(page.knows(last) for page in pages))
    return [page.heard - committed for page in pages]


def _arrive(store: int, count: int) -> tuple[float, int]:
    """When so many arrivals were committed, and the last of their events."""
    run = uuid4().hex[:12]
    arrive_all(arrivals=[Arrival(store, "greeter", f"{run}-{number}") for number in range(count)])
    committed = time.perf_counter()
    (last, *_older), _next = recent(type_=VisitArrived.type, limit=1)
    return committed, last.pk


def _closing(work: Callable[[], Any]) -> Any:
    """In a thread, whose connection ends with it."""
    try:
        return work()
    finally:
        connection.close()


def _sign_in(port: int, name: str, password: str) -> str:
    """The Cookie header of somebody who filled in the sign-in form."""
    shop = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    shop.request("GET", "/accounts/login/")
    asked = shop.getresponse()
    token = _TOKEN.search(asked.read().decode())
    assert token, "no sign-in form"
    cookies = _cookies(asked)
    form = urlencode({"csrfmiddlewaretoken": token[1], "login": name, "password": password})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _header(cookies)}
    shop.request("POST", "/accounts/login/", form, kind)
    answer = shop.getresponse()
    answer.read()
    cookies |= _cookies(answer)
    if answer.status != 302:
        raise RuntimeError(f"{name} could not sign in: {answer.status}")
    return _header(cookies)


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    told = [header.partition(";")[0].partition("=") for header in answer.headers.get_all("Set-Cookie") or []]
    return {name: value for name, _equals, value in told}


def _header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())

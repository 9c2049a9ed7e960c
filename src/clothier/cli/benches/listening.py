"""Pages that stay open: how long after its commit an event has reached every one of them."""

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import connection

from clothier.cli.benches.browsing import Browser
from clothier.cli.benches.chatting import chat
from clothier.cli.benches.feeds import PATIENCE, Feed, all_closed, all_open
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
STORE = "sh-xintiandi"


@dataclass(kw_only=True)
class Page(Feed):
    """One page's feed: when it was last told of a visit or to look again, and the event it then knew of."""

    heard: float = 0.0
    reached: int = 0
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, word: str, entry: dict[str, Any], cursor: int) -> None:
        if word in {"visit", "resync"}:
            self.heard, self.reached = time.perf_counter(), entry.get("id", cursor)
            self.told.set()

    async def knows(self, event: int) -> None:
        while self.reached < event:
            self.told.clear()
            await self.told.wait()


def live(pages: int, *, chats: int) -> list[Figure]:
    """So many pages of the demo's people, each signed in as everybody signs in, over the loopback; then so many
    customers who chat.
    """
    with served(web=1) as port:
        cookies = [_cookie(port, account.username, account.password) for account in demo_accounts()]
        told = asyncio.run(_measure(port, [Page(cookie=cookies[number % len(cookies)]) for number in range(pages)]))
        return told + chat(port, chats)


async def _measure(port: int, pages: list[Page]) -> list[Figure]:
    began = time.perf_counter()
    tasks = await all_open(port, pages)
    opened = time.perf_counter() - began
    store = await asyncio.to_thread(_closing, lambda: stores_for(SYSTEM).get(code=STORE).pk)
    try:
        rounds = [await _round(pages, store, 1) for _ in range(EVENTS)]
        rush = await _round(pages, store, RUSH)
    finally:
        await all_closed(tasks)
    every = [after for told in rounds for after in told]
    name = f"{len(pages)} pages"
    return [
        Figure(f"{name} opened", len(pages) / opened, "pages/s"),
        Figure(f"{name}: a page has an event after p50", statistics.median(every) * 1000, "ms"),
        Figure(f"{name}: a page has an event after p99", statistics.quantiles(every, n=100)[-1] * 1000, "ms"),
        Figure(f"{name}: all have it after, worst of {EVENTS}", max(every) * 1000, "ms"),
        Figure(f"{name}: all know of {RUSH} events at once after", max(rush) * 1000, "ms"),
    ]


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


def _cookie(port: int, name: str, password: str) -> str:
    browser = Browser(port)
    browser.sign_in(name, password)
    browser.close()
    return browser.cookie

"""Customers who chat: how long after somebody sends their words these stand on the other's screen."""

import asyncio
import os
import re
import statistics
import time
from collections.abc import Awaitable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from clothier.cli.benches.browsing import Browser
from clothier.cli.benches.feeds import PATIENCE, Feed, all_closed, all_open
from clothier.cli.benches.measuring import Figure
from clothier.cli.benches.serving import followed
from clothier.kernel.access import Role
from clothier.staff.contracts import EmployeeFacts
from clothier.staff.selectors import desk_store
from clothier.staff.services import create_employee

# As many agents have a conversation before them; all other customers wait with their chat open.
AGENTS = 20
QUIET = 20  # messages each way, one after another
# Five hundred people who each write every hundred seconds, and are answered.
A_SECOND, SECONDS = 10, 20
# Of one person in that time: whoever writes without a pause is slowed down at the door.
EACH = 5
# As static/…/live.js: what follows within it is one look, and what leaves the lists of others as they are.
GATHER = 0.3
SAID = {"chat.customer_wrote", "chat.reply_sent"}
_FRESH = re.compile(r'data-fresh="([^"?]+)')
_THREAD = re.compile(r"live:chat-(\d+)")
_numbers = count(1)


@dataclass(kw_only=True)
class Screen(Feed):
    """A conversation before somebody, whose messages are asked for again whenever the feed speaks of it."""

    browser: Browser
    address: str
    posts: str
    asker: str
    thread: int
    news: asyncio.Event = field(default_factory=asyncio.Event)
    awaited: "dict[str, asyncio.Future[float]]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sender = self.browser.beside()

    def hear(self, word: str, entry: dict[str, Any], cursor: int) -> None:
        if word == "resync" or (word == "chat" and entry["subject"] == f"chat:{self.thread}"):
            self.news.set()

    async def follow(self) -> None:
        while True:
            await self.news.wait()
            self.news.clear()
            await asyncio.gather(self.look(), asyncio.sleep(GATHER))

    async def look(self) -> None:
        shown = (await asyncio.to_thread(self.browser.get, self.address, asker="messages")).decode()
        now = time.perf_counter()
        for words in [words for words in self.awaited if words in shown]:
            self.awaited.pop(words).set_result(now)

    async def say(self, words: str) -> None:
        await asyncio.to_thread(self._send, words)

    def _send(self, words: str) -> None:
        status = self._sender.post(self.posts, text=words, key=words, kind="reply")
        if status != 303:
            raise RuntimeError(f"{self.posts} answers {status}")
        self._sender.get(self.address, asker=self.asker)


@dataclass(kw_only=True)
class Desk(Screen):
    """An agent's, with the library's proposals and the list of their conversations: this one."""

    listed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._beside = self.browser.beside()

    def hear(self, word: str, entry: dict[str, Any], cursor: int) -> None:
        super().hear(word, entry, cursor)
        own = entry.get("subject") == f"chat:{self.thread}"
        if word in {"resync", "promise"} or (word == "chat" and (own or entry["type"] not in SAID)):
            self.listed.set()

    async def follow(self) -> None:
        await asyncio.gather(super().follow(), self._follow_list())

    async def look(self) -> None:
        await super().look()
        await asyncio.to_thread(self.browser.get, f"{self.address}proposals/")

    async def _follow_list(self) -> None:
        while True:
            await self.listed.wait()
            await asyncio.sleep(GATHER)
            self.listed.clear()
            await asyncio.to_thread(self._beside.get, self.address, asker="talks")


def chat(port: int, chats: int) -> list[Figure]:
    """So many customers with the chat open, each at an address of their own, all of whom asked for a person."""
    with ThreadPoolExecutor(AGENTS) as pool:
        customers = list(pool.map(lambda number: _customer(port, number), range(chats)))
    followed()
    pairs = list(_paired(customers, [_agent(port, number) for number in range(AGENTS)]))
    return asyncio.run(_measured(port, customers, pairs))


def _customer(port: int, number: int) -> Screen:
    browser = Browser(port, at=f"127.1.{number // 200}.{number % 200 + 1}")
    found = _FRESH.search(browser.get("/chat/frame/").decode())
    assert found, "no chat in the frame"
    secret = found[1].strip("/").rpartition("/")[2]
    posts = f"{found[1]}messages/"
    browser.post(posts, text="转人工", key="1")
    told = _THREAD.search(browser.get(found[1]).decode())
    assert told, "nothing was received"
    browser.close()
    feed = f"/chat/live/?chat={secret}"
    return Screen(browser=browser, feed=feed, address=found[1], posts=posts, asker="write", thread=int(told[1]))


def _agent(port: int, number: int) -> Browser:
    """Somebody of the desk, signed in."""
    name, password = f"bench-{uuid4().hex[:8]}", token_urlsafe()
    facts = EmployeeFacts(
        number=name, name="客服", role=Role.AGENT, home_store=desk_store(), username=name, password=password
    )
    create_employee(facts=facts)
    browser = Browser(port, at=f"127.2.0.{number + 1}")
    browser.sign_in(name, password)
    return browser


def _paired(customers: Sequence[Screen], agents: list[Browser]) -> Iterator[tuple[Screen, Desk]]:
    """A customer for every agent; some were given to others."""
    for one in customers:
        address = f"/inbox/{one.thread}/"
        if agents and agents[-1].post(f"{address}assignment/") in {302, 303}:
            browser = agents.pop()
            yield (
                one,
                Desk(
                    browser=browser,
                    cookie=browser.cookie,
                    address=address,
                    posts=f"{address}replies/",
                    asker="composer",
                    thread=one.thread,
                ),
            )


async def _measured(port: int, customers: Sequence[Screen], pairs: Sequence[tuple[Screen, Desk]]) -> list[Figure]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(5 * AGENTS))
    screens = [screen for pair in pairs for screen in pair]
    tasks = await all_open(port, [*customers, *(desk for _customer, desk in pairs)])
    tasks += [asyncio.create_task(screen.follow()) for screen in screens]
    try:
        await asyncio.gather(*(screen.look() for screen in screens))
        quiet = [await _sent(*ways) for ways in islice(_ways(pairs), 2 * QUIET)]
        busy = await asyncio.gather(*[
            _after(number / A_SECOND, _sent(*ways))
            for number, ways in enumerate(islice(_ways(pairs), min(A_SECOND * SECONDS, EACH * len(screens))))
        ])  # fmt: skip
    finally:
        await all_closed(tasks)
    name = f"{len(customers)} chats, {len(pairs)} agents"
    return [
        *_figures(f"{name}: one message at a time", quiet),
        *_figures(f"{name}: {A_SECOND} messages a second", busy),
        Figure("load of the machine", os.getloadavg()[0], ""),
    ]


def _ways(pairs: Sequence[tuple[Screen, Desk]]) -> Iterator[tuple[Screen, Screen]]:
    """Who writes to whom: every customer to their agent, then every agent back, and again."""
    while True:
        yield from pairs
        yield from ((desk, customer) for customer, desk in pairs)


async def _after(seconds: float, sent: Awaitable[float]) -> float:
    await asyncio.sleep(seconds)
    return await sent


async def _sent(writer: Screen, reader: Screen) -> float:
    """Seconds from the tap until the words are shown to the other."""
    words = f"第 {next(_numbers)} 句，请看一下。"
    seen = reader.awaited[words] = asyncio.get_running_loop().create_future()
    began = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        told: tuple[None, float] = await asyncio.gather(writer.say(words), seen)
    return told[1] - began


def _figures(name: str, took: Sequence[float]) -> list[Figure]:
    late = statistics.quantiles(took, n=20)[-1]
    return [
        Figure(f"{name}, on the other's screen after p50", statistics.median(took) * 1000, "ms"),
        Figure(f"{name}, on the other's screen after p95", late * 1000, "ms"),
    ]

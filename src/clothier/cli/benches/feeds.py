"""Live feeds held open, as many as wanted, in one thread."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0  # seconds until who hears nothing counts as deaf
AT_ONCE = 50


@dataclass(kw_only=True)
class Feed(ABC):
    """What one page is told, by staff's cookie or by the secret in a chat's address."""

    cookie: str = ""
    feed: str = "/live/"

    @abstractmethod
    def hear(self, word: str, entry: dict[str, Any], cursor: int) -> None: ...

    async def open(self, port: int) -> "asyncio.Task[None]":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        asked = f"GET {self.feed} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {self.cookie}\r\n\r\n"
        writer.write(asked.encode())
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
                if name == "data" and "event" in told:
                    self.hear(told["event"], json.loads(value), int(told.get("id", 0)))
        finally:
            writer.close()


async def all_open(port: int, feeds: Sequence[Feed]) -> "list[asyncio.Task[None]]":
    """Each task listens until it is cancelled."""
    return [
        task
        for first in range(0, len(feeds), AT_ONCE)
        for task in await asyncio.gather(*(one.open(port) for one in feeds[first : first + AT_ONCE]))
    ]


async def all_closed(tasks: "Sequence[asyncio.Task[Any]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

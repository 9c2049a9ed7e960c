"""A door on the loopback between two parties that can be cut, slowed, or made to lose the answers."""

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any


class Proxy:
    """Passes bytes from a port of its own on to `target`: a TCP port, or the path of a UNIX socket."""

    def __init__(self, target: int | Path) -> None:
        self.target = target
        self.delay = 0.0
        self.deaf = False
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._server = self._do(asyncio.start_server(self._pass_on, "127.0.0.1", 0))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def cut(self) -> int:
        """Reset every connection; how many there were."""
        return self._do(self._reset())

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _reset(self) -> int:
        found = list(self._open)
        for writer in found:
            writer.transport.abort()
        return len(found)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            there = await self._reach()
            ends.append(there[1])
            self._open |= set(ends)
            asked = asyncio.ensure_future(self._pump(reader, there[1], answers=False))
            told = asyncio.ensure_future(self._pump(there[0], writer, answers=True))
            await asyncio.wait({asked, told}, return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            told.cancel()
        except OSError:
            pass  # Nobody is there: the caller finds its connection closed, as it would without us.
        finally:
            self._open -= set(ends)
            for end in ends:
                end.transport.abort() if self.deaf else end.close()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.target, Path):
            return await asyncio.open_unix_connection(str(self.target))
        return await asyncio.open_connection("127.0.0.1", self.target)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        """Until one side ends. Deaf, it takes the answer from the one who has done the work, and hangs up."""
        try:
            while chunk := await reader.read(65536):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if answers and self.deaf:
                    return
                writer.write(chunk)
                await writer.drain()
        except OSError:
            return

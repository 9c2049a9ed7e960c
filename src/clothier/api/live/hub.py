"""One tail of the log in each web process, told to everybody who listens there."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

import structlog
from asgiref.sync import sync_to_async
from django.db import DatabaseError

from clothier.eventlog.tail import Line, Tail, latest, since
from clothier.kernel import nudges
from clothier.kernel.connections import refresh_connection
from clothier.kernel.refs import Ref

# Seconds between two looks at the log, unless this very process recorded something: what a ring may be late by.
PAUSE = 0.2
# After a nudge: a rush of entries is a few looks, not one for each.
GATHER = 0.02
BACKLOG = 200
RESUME = 300

log = structlog.get_logger(__name__)
T = TypeVar("T")
Hears = Callable[[Ref, int | None], bool]


def message(line: Line, settled: int) -> bytes:
    """One server-sent event. Its id is the settled cursor, so that resuming from it misses nothing."""
    data = {
        "id": line.id,
        "type": line.type,
        "store": line.store_id,
        "subject": f"{line.subject_kind}:{line.subject_id}",
    }
    return f"id: {settled}\nevent: {line.type.partition('.')[0]}\ndata: {json.dumps(data)}\n\n".encode()


def aside(word: str, about: Ref) -> bytes:
    """What is in no log has no id either, and is never told again."""
    return f"event: {word}\ndata: {json.dumps({'store': None, 'subject': str(about)})}\n\n".encode()


def resync(cursor: int) -> bytes:
    """Too much happened to tell one by one: the page should look again."""
    return f"id: {cursor}\nevent: resync\ndata: {{}}\n\n".encode()


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody at the other end; `hears` says which entries are for their ears, by kind and number and store."""

    hears: Hears
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG))

    def tell(self, text: bytes, cursor: int) -> None:
        if self.queue.full():
            # A sleeping phone must not hold the memory of a busy day: it gets one message instead of many.
            while not self.queue.empty():
                self.queue.get_nowait()
            text = resync(cursor)
        self.queue.put_nowait(text)


class Hub:
    """Reads the log only while somebody listens."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._reading: asyncio.Task[None] | None = None
        self._placed = asyncio.Event()
        self._news = asyncio.Event()
        self.closed = False

    async def join(self, hears: Hears, last_seen: int | None) -> Listener:
        """Listen from now on, after what was missed since `last_seen`."""
        listener = Listener(hears)
        self.listeners.add(listener)
        if self._reading is None or self._reading.done():
            self._placed = asyncio.Event()
            self._reading = asyncio.create_task(self._read())
        if last_seen is not None:
            # The tail takes its place first: what is recorded between the two is then told twice rather than never.
            await self._placed.wait()
            self._replay(listener, last_seen, await _in_database(lambda: since(last_seen, limit=RESUME)))
        return listener

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if not self.listeners and self._reading:
            self._reading.cancel()
            self._reading = None

    def close(self) -> None:
        """The server stops: everybody is sent home, and reconnects to whoever serves next."""
        self.closed = True
        for listener in list(self.listeners):
            while not listener.queue.empty():
                listener.queue.get_nowait()
            listener.queue.put_nowait(None)

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()

        def hear(whisper: nudges.Whisper | None) -> None:
            with suppress(RuntimeError):  # the loop has ended; its listeners are gone
                loop.call_soon_threadsafe(self._hear, whisper)

        # Before the first look: what is recorded while it returns would nudge nobody.
        nudges.listen(hear)
        try:
            tail = Tail(await _in_database(latest))
            self._placed.set()
            while True:
                await self._pause()
                try:
                    self._broadcast(await _in_database(tail.poll), tail)
                except DatabaseError:
                    # A database that restarts comes back; the listeners keep their place.
                    log.exception("live_feed_read_failed")
                    await asyncio.sleep(2)
        finally:
            nudges.ignore(hear)

    async def _pause(self) -> None:
        """Until the next look is due, or somebody nudges."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), PAUSE)
            await asyncio.sleep(GATHER)
        self._news.clear()

    def _hear(self, whisper: nudges.Whisper | None) -> None:
        if whisper is None:
            self._news.set()
            return
        word, about = whisper
        for listener in self.listeners:
            if listener.hears(about, None) and not listener.queue.full():
                listener.queue.put_nowait(aside(word, about))

    def _broadcast(self, lines: list[Line], tail: Tail) -> None:
        if tail.skipped:
            for listener in self.listeners:
                listener.tell(resync(tail.high), tail.high)
            return
        for line in lines:
            text = message(line, tail.settled)
            for listener in self.listeners:
                if listener.hears(Ref(line.subject_kind, line.subject_id), line.store_id):
                    listener.tell(text, tail.settled)

    def _replay(self, listener: Listener, last_seen: int, lines: list[Line]) -> None:
        if len(lines) == RESUME:
            listener.tell(resync(lines[-1].id), lines[-1].id)
            return
        for line in lines:
            if listener.hears(Ref(line.subject_kind, line.subject_id), line.store_id):
                listener.tell(message(line, last_seen), last_seen)


async def _in_database(function: Callable[[], T]) -> T:
    def ask() -> T:
        refresh_connection()
        return function()

    return await sync_to_async(ask, thread_sensitive=True)()

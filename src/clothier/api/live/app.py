"""GET /live/ and, for customers, /chat/live/: the log as server-sent events; a listener costs a queue, not a thread."""

import asyncio
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from asgiref.sync import sync_to_async

from clothier.api.live.hub import Hub, Listener
from clothier.api.live.session import guest_ears, staff_ears

HEARTBEAT = 15.0
LISTENERS = 2000
# Customers who chat never take the places of those who answer them.
GUESTS = 1000
# Every listener signs in again this often, so that a sign-out or a lost role ends the feed as well.
LONGEST = 600.0
GUESTS_PATH = "/chat/live/"
PATHS = frozenset({"/live/", GUESTS_PATH})
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Live:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["method"] != "GET":
            return await _refuse(send, 405, (b"allow", b"GET"))
        guest = scope["path"] == GUESTS_PATH
        if self.hub.closed or len(self.hub.listeners) >= (GUESTS if guest else LISTENERS):
            return await _refuse(send, 503, (b"retry-after", b"5"))
        cookies = headers.get(b"cookie", "")
        if guest:
            hears = await sync_to_async(guest_ears)(scope["query_string"].decode("latin-1"), cookies)
        else:
            hears = await sync_to_async(staff_ears)(cookies)
        if hears is None:
            return await _refuse(send, 401)
        listener = await self.hub.join(hears, _last_seen(headers.get(b"last-event-id", "")))
        try:
            await self._serve(listener, receive, send)
        finally:
            self.hub.leave(listener)

    async def _serve(self, listener: Listener, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        gone = asyncio.create_task(_disconnected(receive))
        telling = asyncio.create_task(_tell(listener, send))
        # Not all at the same moment, or they would all sign in again at the same moment.
        longest = LONGEST * random.uniform(0.9, 1.1)  # noqa: S311
        try:
            ended, _ = await asyncio.wait({gone, telling}, timeout=longest, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            telling.cancel()
        if gone not in ended:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _tell(listener: Listener, send: Send) -> None:
    await _say(send, b"retry: 2000\n\n")
    while True:
        try:
            text = await asyncio.wait_for(listener.queue.get(), HEARTBEAT)
        except TimeoutError:
            text = b":\n\n"
        if text is None:
            return
        await _say(send, text)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0"), *headers]})
    await send({"type": "http.response.body", "body": b""})


def _last_seen(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None

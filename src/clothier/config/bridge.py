"""Serves the pages (a WSGI application) behind the ASGI front: docs/adr/0007-one-port.md has the figures.

The request's body is taken in whole before a thread is asked for, so that a slow phone holds no thread; what is longer
than memory should bear waits in a file.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Pages = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

IN_MEMORY = 1024 * 1024


class TooLong(Exception):
    """The body is longer than this address takes."""


class CutOff(Exception):
    """Whoever asked went away in the middle of the body; half a form is none."""


class Bridge:
    """An ASGI application that answers with the pages, a fixed number of threads at a time."""

    def __init__(self, pages: Pages, *, threads: int, longest_body: int) -> None:
        self.pages = pages
        self.longest_body = longest_body
        # A fixed pool keeps as many database connections open as there are threads, no more.
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self.in_hand = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.in_hand += 1
        try:
            await self._answer(scope, receive, send)
        except TooLong:
            await refuse(send, 413, "The body is too long.")
        except CutOff:
            return
        finally:
            self.in_hand -= 1

    async def finish(self, seconds: float) -> None:
        """Until every request in hand is answered, at most so long: a restart is no reason to refuse a tap."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while self.in_hand and loop.time() < deadline:
            await asyncio.sleep(0.01)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        with await self._body(scope, receive, loop) as body:
            answer = Answer(loop, send)
            last = await loop.run_in_executor(self.pool, self._run, scope, body, answer)
            await answer.finish(last)

    async def _body(self, scope: Scope, receive: Receive, loop: asyncio.AbstractEventLoop) -> IO[bytes]:
        # Closed by the caller, which opens it as its own context.
        body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        length, more = 0, True
        if _declared_length(scope) > self.longest_body:
            raise TooLong
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise CutOff
            chunk, more = message.get("body", b""), message.get("more_body", False)
            length += len(chunk)
            if length > self.longest_body:
                raise TooLong
            if length > IN_MEMORY:
                await loop.run_in_executor(None, body.write, chunk)
            else:
                body.write(chunk)
        scope["clothier.length"] = length
        body.seek(0)
        return body

    def _run(self, scope: Scope, body: IO[bytes], answer: "Answer") -> bytes:
        """In a thread: the pages' answer, of which a stream's parts are sent one by one and the last returned."""
        parts = self.pages(environ(scope, body), answer.start)
        try:
            if not getattr(parts, "streaming", False):
                return b"".join(parts)
            for part in parts:
                answer.send_part(part)
            return b""
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()


class Answer:
    """What the pages say, on its way to the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.loop, self.send = loop, send
        self.opening: Message | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self.opening = {"type": "http.response.start", "status": int(status[:3]), "headers": encoded}

    def send_part(self, part: bytes) -> None:
        # Waiting for the loop is the back-pressure: a slow reader slows the query behind a long export.
        asyncio.run_coroutine_threadsafe(self._say(part, more=True), self.loop).result()

    async def finish(self, last: bytes) -> None:
        await self._say(last, more=False)

    async def _say(self, part: bytes, *, more: bool) -> None:
        if self.opening:
            await self.send(self.opening)
            self.opening = None
        await self.send({"type": "http.response.body", "body": part, "more_body": more})


async def refuse(send: Send, status: int, text: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    """A plain answer without troubling the pages."""
    fields = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": text.encode()})


def environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The CGI variables of PEP 3333, texts as Latin-1 views of the bytes."""
    host, port = (*(scope.get("server") or ("localhost", 80)),)[:2]
    raw_path = scope.get("raw_path") or b""
    path = unquote_to_bytes(raw_path.partition(b"?")[0]) if raw_path else scope["path"].encode()
    variables: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        # A header with an underscore could pass for its hyphened namesake that a proxy has vouched for.
        if b"_" not in name:
            key = name.decode("latin-1").upper().replace("-", "_")
            key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
            text = value.decode("latin-1")
            variables[key] = f"{variables[key]},{text}" if key in variables else text
    # The length that came counts, not the one announced (a chunked body announces none).
    variables.pop("HTTP_CONTENT_LENGTH", None)
    variables["CONTENT_LENGTH"] = str(scope.get("clothier.length", 0))
    return variables


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import pytest

from clothier.config.bridge import Bridge


def ask(
    pages: Any, *, body: Sequence[bytes] = (b"",), headers: Any = (), longest: int = 100, path: bytes = b"/"
) -> Any:
    """The status, headers and body parts that come back."""
    told: list[Any] = []

    async def scene() -> None:
        chunks = iter(body)
        left = [len(body)]

        async def receive() -> Any:
            left[0] -= 1
            return {"type": "http.request", "body": next(chunks), "more_body": left[0] > 0}

        async def send(message: Any) -> None:
            told.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/",
            "raw_path": path,
            "query_string": b"a=1",
            "headers": list(headers),
        }
        await Bridge(pages, threads=1, longest_body=longest)(scope, receive, send)

    asyncio.run(scene())
    return told[0]["status"], dict(told[0]["headers"]), [message["body"] for message in told[1:]]


def echo(environ: Any, start: Any) -> list[bytes]:
    start("201 Created", [("X-Path", environ["PATH_INFO"]), ("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read()]


def test_a_body_in_pieces_arrives_whole_with_its_true_length():
    status, headers, parts = ask(echo, body=[b"ab", b"cde"], path="/衣".encode())
    assert (status, parts) == (201, [b"abcde"])
    assert headers[b"x-length"] == b"5"
    assert headers[b"x-path"].decode("latin-1").encode("latin-1") == "/衣".encode()


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"101")]])
def test_a_body_too_long_is_refused_before_the_pages_see_it(headers):
    def never(environ: Any, start: Any) -> list[bytes]:
        raise AssertionError

    assert ask(never, body=[b"x" * 60, b"x" * 60], headers=headers)[0] == 413


def test_half_a_form_is_not_shown_to_the_pages():
    told: list[Any] = []

    def never(environ: Any, start: Any) -> list[bytes]:
        raise AssertionError

    async def scene() -> None:
        messages = iter([{"type": "http.request", "body": b"key=a1-", "more_body": True}, {"type": "http.disconnect"}])

        async def receive() -> Any:
            return next(messages)

        async def send(message: Any) -> None:
            told.append(message)

        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
        await Bridge(never, threads=1, longest_body=100)(scope, receive, send)

    asyncio.run(scene())
    assert told == []


def test_a_header_with_an_underscore_does_not_pass_for_the_proxys_own():
    def show(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [])
        return [environ.get("HTTP_X_FORWARDED_PROTO", "none").encode()]

    assert ask(show, headers=[(b"x_forwarded_proto", b"https")])[2] == [b"none"]
    assert ask(show, headers=[(b"x-forwarded-proto", b"https")])[2] == [b"https"]


def test_a_stream_is_sent_part_by_part_and_closed():
    closed = []

    class Parts:
        streaming = True

        def __iter__(self):
            return iter([b"one", b"two"])

        def close(self):
            closed.append(True)

    def pages(environ: Any, start: Any) -> Parts:
        start("200 OK", [])
        return Parts()

    assert ask(pages)[2] == [b"one", b"two", b""]
    assert closed == [True]


def test_told_to_stop_the_bridge_waits_for_the_answers_in_hand():
    told: list[Any] = []

    def slow(environ: Any, start: Any) -> list[bytes]:
        time.sleep(0.2)
        return echo(environ, start)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    async def scene(seconds: float) -> int:
        bridge = Bridge(slow, threads=1, longest_body=100)
        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
        asking = asyncio.ensure_future(bridge(scope, receive, send))
        await asyncio.sleep(0.05)
        await bridge.finish(seconds)
        left = bridge.in_hand
        await asking
        return left

    assert asyncio.run(scene(0.01)) == 1
    told.clear()
    assert (asyncio.run(scene(5.0)), told[0]["status"]) == (0, 201)

"""The shop really served: processes of its own on a port of its own, over the bench's database; or a lean view."""

import http.client
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.db import connections

from clothier.cli.benches.lean import Statements
from clothier.eventlog.selectors import earliest_due
from clothier.kernel import clock
from clothier.worker.selectors import last_beat, next_routine

READY = 60.0
SILENT = timedelta(minutes=1)


@contextmanager
def served(*, web: int | None = None) -> Iterator[int]:
    """Gives the port once the pages answer; as many web processes as `clothier run` starts by itself, unless told.

    Ended afterwards, the work in hand finished.
    """
    port = _free_port()
    processes = [] if web is None else ["--web", str(web)]
    with _running(["clothier.cli", "run", "--no-life", "--port", str(port), *processes], port):
        yield port


@contextmanager
def lean(views: Sequence[Statements]) -> Iterator[int]:
    """Gives the port of a lean view that answers /0, /1 … with the rows of these statements."""
    port = _free_port()
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump(views, file)
        file.flush()
        with _running(["clothier.cli.benches.lean", str(port), file.name], port):
            yield port


def settle() -> None:
    """Until the worker has done what it finds to do when it comes in: the nightly routines of a shop without nights."""
    _wait(lambda: (due := next_routine()) is not None and due > clock.now(), pause=0.1)
    followed()


def followed() -> None:
    """Until all has followed: clocks and profiles count with an event, visits of known customers by the worker."""
    _wait(lambda: earliest_due() is None, pause=0.01)


def _wait(done: Callable[[], bool], *, pause: float) -> None:
    """However long the work takes. Raises RuntimeError when no worker has shown a sign of life for a minute."""
    begun = clock.now()
    while not done():
        if clock.now() - max(last_beat() or begun, begun) > SILENT:
            raise RuntimeError("the worker has gone silent")
        time.sleep(pause)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    connections.close_all()
    process = subprocess.Popen([sys.executable, "-m", *command], env=os.environ, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, shop: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY
    while time.monotonic() < deadline and shop.poll() is None:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            asked.request("GET", "/readyz")
            if asked.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("the shop did not open")

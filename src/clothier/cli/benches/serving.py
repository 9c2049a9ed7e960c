"""The shop really served: processes of its own on a port of its own, over the bench's database."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

READY = 60.0


@contextmanager
def served(*, web: int, workers: int = 1) -> Iterator[int]:
    """Gives the port once the pages answer. Ended afterwards, the work in hand finished."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    connections.close_all()
    command = [sys.executable, "-m", "clothier.cli", "run", "--no-life", "--port", str(port)]
    shop = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--web", str(web), "--workers", str(workers)], env=os.environ, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port, shop)
        yield port
    finally:
        shop.terminate()
        shop.wait()


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

"""Whose turn it is to write, where the database itself only says "busy".

SQLite lets one writer in, and those who wait look again after a while, at last ten times a second: while a stream of
events comes in, each of its transactions beginning where the last one ended, somebody's tap may look in vain until it
gives up. Here writers stand in line. Whoever comes takes the gate, then waits for the pen, and lets the gate go: so the
pen, put down, goes to the one who holds the gate, and not back to the one who has just had it.

Both are locks of the operating system on files beside the database, one handle for each connection: they hold between
threads and processes, and those of a process that dies are free.
"""

import fcntl
import os
import time
from pathlib import Path

LOOK_AGAIN = 0.0005  # seconds


class Turnstile:
    """One connection's place in the line. `patience` is how many seconds it waits before it tries its luck anyway."""

    def __init__(self, database: Path, *, patience: float) -> None:
        self.patience = patience
        self._gate = _opened(database.with_name(f"{database.name}-gate"))
        self._pen = _opened(database.with_name(f"{database.name}-pen"))

    def enter(self) -> None:
        deadline = time.monotonic() + self.patience
        if _taken(self._gate, deadline):
            _taken(self._pen, deadline)
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Harmless when the pen is not ours."""
        fcntl.flock(self._pen, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._gate)
        os.close(self._pen)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _taken(handle: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_AGAIN)
        else:
            return True

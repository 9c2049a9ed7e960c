"""Several processes under one roof: started by fork, restarted when they die, ended together.

Children are forked from a parent that has loaded Django, so one that died is back in a tenth of a second. The parent
holds no thread and no database connection while it forks.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

import structlog

log = structlog.get_logger(__name__)
GRACE = 10.0  # seconds a child has to finish the work in hand
QUICK = 5.0  # a child that lived shorter than this is restarted with a growing pause
LONGEST_PAUSE = 10.0
KILLED_PAUSE = 0.2
# How long to wait for somebody to die before looking round again, once the doors are open and while they open.
LOOK, LOOK_OPENING = 0.2, 0.03
_fork = multiprocessing.get_context("fork")


@dataclass(slots=True)
class Child:
    name: str
    target: Callable[[], None]
    process: BaseProcess | None = None
    started: float = 0.0
    restart_at: float = 0.0
    failures: int = 0


@dataclass(slots=True)
class Supervisor:
    """Runs children until told to stop. Only one may exist in a process: it owns the signal handlers."""

    children: list[Child]
    stopping: bool = False
    _roof: tuple[int, int] = field(default_factory=os.pipe)

    def run(self, opened: Callable[[], bool]) -> None:
        """Blocks until SIGTERM or SIGINT, then ends every child, waiting for the work in hand.

        `opened` is asked again and again until it says yes; a child that dies meanwhile is restarted all the same.
        """
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_number, self._stop)
        for child in self.children:
            self._start(child)
        try:
            open_now = False
            while not self.stopping:
                self._look_after(LOOK if open_now else LOOK_OPENING)
                open_now = open_now or opened()
        finally:
            self._end()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _start(self, child: Child) -> None:
        process = _fork.Process(target=_live, args=(child.target, self._roof), name=child.name)
        process.start()
        child.process, child.started, child.restart_at = process, time.monotonic(), 0.0

    def _look_after(self, seconds: float) -> None:
        wait([child.process.sentinel for child in self.children if child.process], timeout=seconds)
        for child in self.children:
            if child.process is None:
                if time.monotonic() >= child.restart_at and not self.stopping:
                    self._start(child)
            elif not child.process.is_alive() and not self.stopping:
                self._mourn(child)

    def _mourn(self, child: Child) -> None:
        assert child.process
        child.process.join()
        lived = time.monotonic() - child.started
        child.failures = child.failures + 1 if lived < QUICK else 0
        # Killed from outside it is worth having back at once; failing by itself, it would only fail again.
        longest = LONGEST_PAUSE if (child.process.exitcode or 0) > 0 else KILLED_PAUSE
        pause = min(2.0**child.failures - 1, longest)
        log.warning("process_died", process=child.name, code=child.process.exitcode, lived=round(lived, 1), pause=pause)
        child.process, child.restart_at = None, time.monotonic() + pause

    def _end(self) -> None:
        alive = [child.process for child in self.children if child.process]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in alive:
            process.join(max(deadline - time.monotonic(), 0.1))
            if process.is_alive():
                log.warning("process_killed", process=process.name)
                process.kill()
                process.join()


def _live(target: Callable[[], None], roof: tuple[int, int]) -> None:
    """In the child. Ctrl-C reaches the whole group; only the parent answers it, and tells the children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    reading, writing = roof
    os.close(writing)
    threading.Thread(target=_follow_parent, args=(reading,), daemon=True).start()
    try:
        target()
    except SystemExit:
        raise
    except BaseException:
        log.exception("process_failed")
        sys.exit(1)


def _follow_parent(reading: int) -> None:
    # The parent alone holds the pipe's other end: when it is killed, the end of file comes at once.
    os.read(reading, 1)
    os.kill(os.getpid(), signal.SIGTERM)

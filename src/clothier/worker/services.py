"""A worker process: every chore in a thread, a sign of life every few seconds, a clean end."""

import os
import socket
import threading
import time
from datetime import timedelta

from clothier.kernel import clock
from clothier.worker.chores import chores
from clothier.worker.loop import Chore, keep_doing
from clothier.worker.models import Beat

EVERY = 5.0
FORGOTTEN = timedelta(hours=1)


class Pulse:
    """Writes a chore's sign of life, seldom enough not to matter."""

    def __init__(self) -> None:
        self.worker = f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._written: dict[str, float] = {}

    def __call__(self, chore: Chore, worked: int) -> None:
        if time.monotonic() - self._written.get(chore.name, float("-inf")) < EVERY:
            return
        self._written[chore.name] = time.monotonic()
        beat(worker=self.worker, chore=chore.name)


def beat(*, worker: str, chore: str) -> None:
    Beat.objects.update_or_create(worker=worker, chore=chore, defaults={"seen_at": clock.now()})


def forget_dead() -> None:
    """Signs of life of workers gone for an hour."""
    Beat.objects.filter(seen_at__lt=clock.now() - FORGOTTEN).delete()


def work(stop: threading.Event) -> None:
    """Do every chore until `stop` is set; returns when the work in hand is finished."""
    forget_dead()
    pulse = Pulse()
    threads = [threading.Thread(target=keep_doing, args=(chore, stop, pulse), name=chore.name) for chore in chores()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    Beat.objects.filter(worker=pulse.worker).delete()

"""What goes wrong, drawn from the seed: who is killed, what is cut, when the disk is full."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.faults.calling import Ledger
from tests.faults.disk import Disk
from tests.faults.postgres import Postgres
from tests.faults.proxy import Proxy
from tests.faults.shop import Shop

# How often each comes, against the others. Only those that the run has the means for are drawn.
WEIGHTS = {
    "web killed": 30,
    "worker killed": 30,
    "web killed with its roof": 3,
    "workers killed with their roof": 3,
    "database process killed": 8,
    "database killed": 4,
    "clients cut off": 12,
    "clients delayed": 6,
    "answers lost": 10,
    "database cut off": 8,
    "database delayed": 4,
    "disk full": 4,
}
BREATH = 15.0
RARE = {"disk full", "database killed", "web killed with its roof", "workers killed with their roof"}


@dataclass
class Trouble:
    """Everything that may be hurt. `done` counts what was; the number of kills ends a run."""

    shop: Shop
    clients: Proxy
    ledger: Ledger
    draw: Random
    database: Proxy | None = None
    postgres: Postgres | None = None
    disk: Disk | None = None
    done: Counter[str] = field(default_factory=Counter)

    def make(self, kills: int, stop: threading.Event) -> None:
        """Until so many processes were killed: each kind once, then as the weights have it."""
        means = self._means()
        first = [name for name in WEIGHTS if name in means]
        self.draw.shuffle(first)
        while self.kills < kills and not stop.wait(self.draw.uniform(0.1, 0.7)):
            name = first.pop() if first else self.draw.choices(list(means), [WEIGHTS[name] for name in means])[0]
            if name in RARE and kills < len(WEIGHTS) * 2 and self.done[name]:
                continue
            self.done[name] += bool(means[name]())
            if "killed" in name and self.kills % 100 == 0:
                print(f"   {self.kills} killed, {self.ledger.acknowledged} told", flush=True)
            self._breathe(stop)

    def _breathe(self, stop: threading.Event) -> None:
        """Four times in five it is let up again before the next blow: a shop that only lies there loses nothing."""
        before, until = self.ledger.acknowledged, time.monotonic() + BREATH
        self.mend()
        if self.draw.random() < 0.8:
            while self.ledger.acknowledged == before and time.monotonic() < until and not stop.wait(0.02):
                self.mend()

    @property
    def kills(self) -> int:
        return sum(number for name, number in self.done.items() if "killed" in name)

    def mend(self) -> None:
        """What a service manager does: a roof that fell is started again, and so is the database."""
        if self.postgres:
            self.postgres.revive()
        self.shop.open()

    def _means(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {
            "web killed": lambda: self.shop.kill("web", self.draw.randrange(8)),
            "worker killed": lambda: self.shop.kill("worker", self.draw.randrange(8)),
            "web killed with its roof": lambda: self.shop.kill("web", None),
            "workers killed with their roof": lambda: self.shop.kill("worker", None),
            "clients cut off": self.clients.cut,
            "clients delayed": lambda: self._slow(self.clients),
            "answers lost": self._lose_answers,
        }
        if self.postgres and self.database:
            postgres, database = self.postgres, self.database
            found |= {
                "database process killed": lambda: postgres.kill(backend=self.draw.randrange(64)),
                "database killed": lambda: postgres.kill(backend=None),
                "database cut off": database.cut,
                "database delayed": lambda: self._slow(database),
            }
        if self.disk and self.disk.small:
            found["disk full"] = self._fill_disk
        return found

    def _slow(self, proxy: Proxy) -> bool:
        proxy.delay = self.draw.uniform(0.02, 0.3)
        time.sleep(self.draw.uniform(0.3, 1.0))
        proxy.delay = 0.0
        return True

    def _lose_answers(self) -> bool:
        self.clients.deaf = True
        time.sleep(self.draw.uniform(0.05, 0.4))
        self.clients.deaf = False
        return True

    def _fill_disk(self) -> bool:
        assert self.disk
        self.disk.fill()
        time.sleep(self.draw.uniform(0.3, 1.5))
        self.disk.free()
        return True

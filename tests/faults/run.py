"""One run: open a shop, let it live, hurt it, let it come to rest, and ask what is left."""

import os
import re
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.calling import Ledger
from tests.faults.day import Day
from tests.faults.disk import Disk
from tests.faults.hook import Hook
from tests.faults.postgres import Postgres
from tests.faults.proxy import Proxy
from tests.faults.shop import ROOT, Shop
from tests.faults.trouble import Trouble
from tests.scratch import folder

CUSTOMERS_A_KILL = 20
BACKUPS = 30
# What a process may say when the database, the network or the disk is taken away from under it, or when it is told to
# stop in the middle of an answer.
EXPECTED = re.compile(
    r"CancelledError|OperationalError|InterfaceError|AdminShutdown|CrashShutdown|CannotConnectNow|DiskFull|IdleInTransaction"
    r"|disk is full|No space left|disk I/O error|server closed the connection|terminating connection"
)
# The last of a chain of exceptions: those before it were dealt with.
RAISED = re.compile(
    r"^((?:\w+\.)*\w+(?:Error|Exception|Recorded|Warning|Exit)\w*)\b(?:: (.*))?$"
    r"(?!(?:\n.*){0,3}\n\n(?:During handling of|The above exception))",
    re.MULTILINE,
)


@dataclass
class Report:
    """What was wrong in the end (nothing, where all is well), after what was done and told."""

    wrong: list[str]
    done: Counter[str]
    ledger: Ledger
    small_disk: bool
    seconds: float


def run(database: str, *, kills: int, seed: int) -> Report:
    """On "sqlite" or "postgresql". The seed decides who tells what and what goes wrong, not to the millisecond."""
    began = time.monotonic()
    with ExitStack() as stack:
        scratch = folder("faults")
        # PostgreSQL runs as somebody else, and its folder is inside.
        scratch.chmod(0o711)
        disk = Disk(scratch / "disk", kills=kills)
        stack.callback(disk.close)
        postgres = stack.enter_context(_postgres(disk.place)) if database == "postgresql" else None
        pipe = Proxy(postgres.socket) if postgres else None
        shop = _shop(disk.place / "home", scratch / "shop.log", postgres, pipe)
        stack.callback(shop.close)
        hook = Hook(Random(f"{seed}:hook"))
        stack.callback(hook.close)
        shop.migrate()
        place = shop.ask("tests.faults.prepare", _wishes(kills, hook))
        shop.open()
        shop.wait()
        clients = Proxy(shop.port)
        stack.callback(clients.close)
        day = Day(clients.port, seed, place)
        trouble = Trouble(shop, clients, day.ledger, Random(f"{seed}:trouble"), pipe, postgres, disk)
        backup = scratch / "shop.zip"
        _live(day, trouble, kills, threading.Thread(target=_back_up, args=(shop, backup)))
        hook.well = True
        shop.close()
        shop.ask("tests.faults.proof", "settle")
        wrong = day.failures + shop.ask("tests.faults.proof", {**day.ledger.told(), "heard": hook.heard})
        wrong += _unexpected(shop.log) + _restored(backup, Shop(scratch / "other", shop.log, "", web=1, workers=1))
        if day.ledger.answers["500"]:
            wrong.append(
                f"{day.ledger.answers['500']} answers were 500: a phone is told 503 when it should say it again"
            )
        return Report(wrong, trouble.done, day.ledger, disk.small, time.monotonic() - began)


def _wishes(kills: int, hook: Hook) -> dict[str, Any]:
    return {"customers": 200 + kills * CUSTOMERS_A_KILL, "associates": 2, "hook": hook.url}


@contextmanager
def _postgres(place: Path) -> Iterator[Postgres]:
    """The throw-away server of scripts/postgres.sh, on the small disk, flushing what it promises."""
    environment = {**os.environ, "CLOTHIER_PG_DURABLE": "1", "CLOTHIER_PG_FOLDER": str(place)}
    process = subprocess.Popen([str(ROOT / "scripts/postgres.sh")], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield Postgres(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait()


def _shop(home: Path, log: Path, postgres: Postgres | None, pipe: Proxy | None) -> Shop:
    """As many processes as production allows: on SQLite one for the pages."""
    url = f"postgres://clothier@127.0.0.1:{pipe.port}/clothier" if postgres and pipe else ""
    return Shop(home, log, url, web=2 if postgres else 1, workers=2)


def _back_up(shop: Shop, file: Path) -> None:
    """While everybody writes, and as often as it takes: the database may be killed in the middle."""
    for _ in range(BACKUPS):
        if not shop.command("backup", str(file)):
            return
        time.sleep(0.5)


def _restored(file: Path, other: Shop) -> list[str]:
    """What is wrong with the backup, put back into a new SQLite: `restore` compares every row, the doctor the sense."""
    if not file.exists():
        return ["no backup could be made while the shop was open"]
    if complaint := other.command("restore", str(file)):
        return [f"restore: {complaint}"]
    return [f"restored, {line}" for line in other.ask("tests.faults.proof", "doctor")]


def _live(day: Day, trouble: Trouble, kills: int, *more: threading.Thread) -> None:
    threads = [*day.threads(), *more]
    for thread in threads:
        thread.start()
    trouble.make(kills, day.stop)
    day.stop.set()
    while any(thread.is_alive() for thread in threads):
        trouble.mend()
        time.sleep(0.2)
    trouble.mend()


def _unexpected(log: Path) -> list[str]:
    """What the processes complained of besides what was done to them."""
    said = Counter(f"{name}: {text or ''}"[:160] for name, text in RAISED.findall(log.read_text()))
    return [f"{number} × {line} (in the log)" for line, number in said.items() if not EXPECTED.search(line)]

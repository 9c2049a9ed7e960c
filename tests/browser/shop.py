"""A shop that is really open: the product as `make run` starts it, on a free port, with a small demo chain."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

OPENS_WITHIN = 180.0


@dataclass(frozen=True)
class Shop:
    url: str
    home: Path

    @property
    def password(self) -> str:
        """The demo accounts' password, as the command printed it."""
        line = next(line for line in (self.home / "run.log").read_text().splitlines() if line.startswith("  greeter "))
        return line.split()[1]


@contextmanager
def open_shop(home: Path, *, customers: int = 300, arguments: tuple[str, ...] = ("--demo",)) -> Iterator[Shop]:
    """Start `clothier run` in its own process group, and close it. Raises RuntimeError with its words if it fails."""
    port = _free_port()
    shop = Shop(url=f"http://127.0.0.1:{port}", home=home)
    log = home / "run.log"
    home.mkdir(parents=True, exist_ok=True)
    _let_it_rain(home / "weather.json")
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("clothier")), "run", *arguments],
            env=_environment(home, port, customers),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_ready(shop, process, log)
            yield shop
        finally:
            _close(process)


def _environment(home: Path, port: int, customers: int) -> dict[str, str]:
    mine = {
        "CLOTHIER_HOME": str(home),
        "CLOTHIER_PORT": str(port),
        "CLOTHIER_DEMO_CUSTOMERS": str(customers),
        "CLOTHIER_CHAT_SITES": "http://localhost:*",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    # The test settings' keys and settings module belong to the tests, not to a shop.
    theirs = {k: v for k, v in os.environ.items() if not k.startswith("CLOTHIER_") and k != "DJANGO_SETTINGS_MODULE"}
    return theirs | mine


def _let_it_rain(weather: Path) -> None:
    """It rains everywhere, so that there is something to prepare whatever day the tests run on."""
    today = datetime.now(tz=UTC).date()
    days = {str(today + timedelta(days=n)): {"signs": ["rain"], "low": 9, "high": 14} for n in (-1, 0, 1, 2)}
    cities = dict.fromkeys(("上海", "杭州", "北京", "成都", "广州", "南京"), days)
    weather.write_text(json.dumps({"source": "test", "cities": cities}, ensure_ascii=False), encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(shop: Shop, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{shop.url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the shop did not open:\n{log.read_text()[-4000:]}")


def _close(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

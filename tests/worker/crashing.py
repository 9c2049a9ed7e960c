"""A shop in processes of its own, on a database of its own, whose processes are killed while it serves."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.scratch import folder

ROOT = Path(__file__).resolve().parents[2]

PREPARE = """
from clothier.api.services import create_key
from clothier.customers.services import register
from clothier.places.models import Region, Store
store = Store.objects.create(code="one", name="一店", region=Region.objects.create(name="华东"), city="上海")
customers = [register(name=f"顾客{n}", store=store.pk) for n in range(COUNT)]
told = {"key": create_key(name="door", scopes=["visits:write"]), "customers": customers}
"""
# Deliveries a killed worker had claimed come back when their lease has run out: two minutes later, by the clock.
SETTLE = """
from datetime import timedelta
from clothier.customers.models import Profile
from clothier.eventlog.deliveries import run_due
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import clock
with clock.simulated(clock.now() + timedelta(minutes=2)):
    while run_due():
        pass
entries = Entry.objects.filter(type="visit.arrived")
told = {
    "arrivals": list(entries.order_by("id").values_list("customer_id", flat=True)),
    "visits": dict(Profile.objects.values_list("customer_id", "visits")),
    "deliveries": Delivery.objects.count(),
}
"""


@dataclass
class Shop:
    """Up while the context lasts."""

    customers: int
    home: Path = field(default_factory=lambda: folder("crash"))
    killed: int = 0

    def __enter__(self) -> "Shop":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.database = f"clothier_crash_{os.getpid()}_{self.port}"
        self.server = os.environ.get("DATABASE_URL", "")
        self.environment = {
            **os.environ,
            "CLOTHIER_HOME": str(self.home),
            "CLOTHIER_LOG_LEVEL": "ERROR",
            "CLOTHIER_SECRET_KEY": "a secret for tests only",
            "CLOTHIER_VAULT_KEY": "a vault key for tests only",
            "DJANGO_SETTINGS_MODULE": "clothier.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        if self.server:
            self._command(f'CREATE DATABASE "{self.database}"')
            self.environment["DATABASE_URL"] = urlunsplit(urlsplit(self.server)._replace(path=f"/{self.database}"))
        self._python("from django.core.management import call_command; call_command('migrate', verbosity=0); told = 0")
        told = self._python(f"COUNT = {self.customers}\n{PREPARE}")
        self.key, self.ids = told["key"], told["customers"]
        words = ["run", "--port", str(self.port), "--workers", "2"]
        self.process = subprocess.Popen([sys.executable, "-m", "clothier.cli", *words], env=self.environment)
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        shutil.rmtree(self.home, ignore_errors=True)
        if self.server:
            self._command(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def arrive(self, customer: int) -> None:
        """Tell of an arrival until somebody has acknowledged it, always under the same key."""
        body = json.dumps({"store": "one", "customer": customer}).encode()
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"door-{customer}",
        }
        for _ in range(400):
            request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1/arrivals", body, headers)
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    assert answer.status == 201
                    return
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise
                time.sleep(0.05)
            except OSError:
                # Dead, and soon back: say it again.
                time.sleep(0.05)
        raise AssertionError("nobody answers any more")

    def kill_one(self, draw: random.Random) -> None:
        """kill -9 to a web or worker process, whichever it falls on."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if listed:
            os.kill(int(draw.choice(listed)), signal.SIGKILL)
            self.killed += 1

    def settle(self) -> dict[str, object]:
        return self._python(SETTLE)

    def _python(self, code: str) -> dict[str, object]:
        whole = f"import django, json; django.setup()\n{code}\nprint(json.dumps(told))"
        command = [sys.executable, "-c", whole]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return told

    def _wait(self) -> None:
        for _ in range(2400):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5)
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the shop does not open")

    def _command(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())

"""A shop in processes of its own, as `clothier run` opens it: web processes under one roof, workers under another."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OPENS_WITHIN = 120.0


class Shop:
    """`home` is its data folder, `url` the address of its database ("" is SQLite in the data folder)."""

    def __init__(self, home: Path, log: Path, url: str, *, web: int, workers: int) -> None:
        self.log, self.port = log, _free_port()
        theirs = {k: v for k, v in os.environ.items() if not k.startswith("CLOTHIER_") and k != "DATABASE_URL"}
        self.environment = theirs | {
            "CLOTHIER_HOME": str(home),
            # A process that hangs can be asked where: kill -ABRT.
            "PYTHONFAULTHANDLER": "1",
            "CLOTHIER_LOG_LEVEL": "WARNING",
            "CLOTHIER_SECRET_KEY": "a secret for tests only",
            "CLOTHIER_VAULT_KEY": "a vault key for tests only",
            "CLOTHIER_API_PER_MINUTE": "1000000",
            "CLOTHIER_WEBHOOK_HOSTS": "127.0.0.1",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "clothier.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self._roofs = {
            "web": ["--port", str(self.port), "--web", str(web), "--workers", "0"],
            "worker": ["--web", "0", "--workers", str(workers)],
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def open(self) -> None:
        """Start what is not running; called again it restarts a roof that was killed."""
        for kind, words in self._roofs.items():
            process = self._processes.get(kind)
            if process is None or process.poll() is not None:
                command = [sys.executable, "-m", "clothier.cli", "run", *words]
                with self.log.open("ab") as log:
                    self._processes[kind] = subprocess.Popen(
                        command, env=self.environment, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
                    )

    def wait(self) -> None:
        deadline = time.monotonic() + OPENS_WITHIN
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                self.open()
                time.sleep(0.1)
        raise AssertionError(f"the shop does not open:\n{self.log.read_text()[-3000:]}")

    def kill(self, kind: str, nth: int | None) -> bool:
        """kill -9 to one of the processes under a roof, or (None) to the roof; whether somebody was there."""
        roof = self._processes[kind].pid
        try:
            if nth is None:
                os.kill(roof, signal.SIGKILL)
            else:
                children = Path(f"/proc/{roof}/task/{roof}/children").read_text().split()
                os.kill(int(children[nth % len(children)]), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError, ZeroDivisionError):
            return False
        return True

    def close(self) -> None:
        """As a person does it: SIGTERM, and what is in hand is finished."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes.clear()

    def migrate(self) -> None:
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=self.environment, cwd=ROOT, check=True)

    def command(self, *words: str) -> str:
        """`clothier …` beside the open shop; what it complained of, empty when it did what it was told."""
        command = [sys.executable, "-m", "clothier.cli", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, cwd=ROOT, check=False)
        return (done.stderr or "it failed without a word") if done.returncode else ""

    def ask(self, module: str, told: Any) -> Any:
        """Run a module inside this shop's environment; JSON in, JSON out."""
        command = [sys.executable, "-m", module]
        done = subprocess.run(
            command, env=self.environment, input=json.dumps(told), capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""The PostgreSQL that scripts/postgres.sh has started for this run: ours to kill."""

import os
import signal
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

PREFIX = "clothier-pg."


class Postgres:
    """Found by the folder of its socket. Raises ValueError when the address is not that of a throw-away server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.folder = Path(parse_qs(urlsplit(url).query).get("host", [""])[0])
        if not self.folder.name.startswith(PREFIX):
            raise ValueError("only a PostgreSQL of scripts/postgres.sh is killed")
        self.data = self.folder / "data"
        owner = self.data.stat()
        self._as = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}

    @property
    def socket(self) -> Path:
        return self.folder / ".s.PGSQL.5432"

    def kill(self, *, backend: int | None) -> bool:
        """kill -9 to the server itself, or to its child number `backend`; whether somebody was there to be killed."""
        server = self._server()
        try:
            if server and backend is None:
                os.kill(server, signal.SIGKILL)
            elif server and backend is not None:
                children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
                os.kill(int(children[backend % len(children)]), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError, ZeroDivisionError):
            return False
        return bool(server)

    def revive(self) -> None:
        """Start the server again when it is down. One that is busy with its own recovery is left alone."""
        if not self._server():
            self._pg_ctl("-m", "immediate", "restart")

    def _server(self) -> int | None:
        """The process number of the server, None when it is down."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split()[0])
            return number if Path(f"/proc/{number}/cmdline").read_bytes() else None
        except (FileNotFoundError, ProcessLookupError, IndexError):
            return None

    def _pg_ctl(self, *words: str) -> None:
        # The server wrote down how it was started: the folder of its programs, and the options `restart` repeats.
        tool = Path((self.data / "postmaster.opts").read_text().split()[0]).with_name("pg_ctl")
        command = [str(tool), "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-t", "20", *words]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, check=False, cwd=self.folder, **quiet, **self._as)  # type: ignore[call-overload]

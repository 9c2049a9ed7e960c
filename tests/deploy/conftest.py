"""What stands around a PostgreSQL of the tests: a streaming copy of it, and a pooler in front of it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def socket_folder() -> str:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: scripts/postgres.sh")
    return connection.settings_dict["HOST"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the user that servers run as, with a path short enough for a socket."""
    made = Path(tempfile.mkdtemp(prefix="clothier-", dir="/var/tmp"))
    if os.getuid() == 0:
        shutil.chown(made, "postgres")
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def server(socket_folder, django_db_blocker) -> Iterator[str]:
    """The DATABASE_URL of an empty database beside the tests' own."""
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("CREATE DATABASE around")
    yield f"postgres://clothier@/around?host={socket_folder}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("DROP DATABASE around WITH (FORCE)")


@pytest.fixture
def at_work(tmp_path) -> Callable[..., str]:
    """Run code in a process of its own, on a migrated database its environment names: the last line printed."""

    def run(code: str, **environment: str) -> str:
        opening = "import django; django.setup()\nfrom clothier.cli import ready\nassert ready.migrate()\n"
        settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        done = subprocess.run(
            [sys.executable, "-c", opening + code],
            env=os.environ | settings | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.splitlines()[-1]

    return run


@pytest.fixture
def standby(server, socket_folder, folder) -> Iterator[Path]:
    """The folder with the socket of a copy that follows the tests' PostgreSQL, on port 5433."""
    programs = Path(os.environ.get("PG_BIN") or sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1])
    data = folder / "data"
    _run(programs / "pg_basebackup", "-h", socket_folder, "-U", "clothier", "-D", data, "-R", "-c", "fast")
    server = f"-c listen_addresses='' -k {folder} -p 5433 -c max_connections=60"
    _run(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", server, "start")
    yield folder
    _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)


@pytest.fixture
def pooler(server, socket_folder, folder) -> Iterator[str]:
    """The DATABASE_URL of `server` through PgBouncer that lends one connection a transaction."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    if not Path(program).exists():
        pytest.skip("needs PgBouncer (Debian: apt-get install pgbouncer)")
    config = folder / "pgbouncer.ini"
    config.write_text(
        f"[databases]\n* = host={socket_folder} user=clothier\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n"
        f"unix_socket_dir = {folder}\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 3\n"
        f"logfile = {folder}/log\npidfile = {folder}/pid\n"
    )
    _run(program, "-d", config)
    yield f"postgres://clothier@/around?host={folder}&port=6432&pooler=transaction"
    pid = int((folder / "pid").read_text())
    os.kill(pid, 15)


def _run(program: Path | str, *words: object, check: bool = True) -> None:
    """As the user that may run servers. They keep no pipe of ours open."""
    who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    command = [*who, str(program), *map(str, words)]
    subprocess.run(
        command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd="/var/tmp"
    )

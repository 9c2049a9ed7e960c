"""A database of its own for a bench: a file in a temporary folder, or a database beside the one of DATABASE_URL."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import typer

from clothier.cli import ready
from clothier.cli.progress import stages


@contextmanager
def scratch(customers: int, home: Path | None) -> Iterator[tuple[str, int]]:
    """Gives the database's name (sqlite, postgresql), filled, and with how many customers. Dropped afterwards.

    With `home` the folder is kept and used again, and the server's database, so that several benches share one fill:
    a folder that `clothier demo` filled will do, and what somebody was killed in the middle of is finished. It keeps
    the number of customers it was begun with.
    """
    folder = home or Path(tempfile.mkdtemp(prefix="clothier-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["CLOTHIER_HOME"] = str(folder)
    os.environ.setdefault("CLOTHIER_LOG_LEVEL", "ERROR")
    server = os.environ.get("DATABASE_URL", "")
    name = f"clothier_bench_{os.getpid()}" if home is None else f"clothier_bench_{home.resolve().name}"
    if server:
        _create(server, name)
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    try:
        yield _filled(customers)
    finally:
        _close()
        if server and home is None:
            # A process of the bench may still be saying goodbye.
            _command(server, f'DROP DATABASE "{name}" WITH (FORCE)')
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


def _filled(customers: int) -> tuple[str, int]:
    ready.set_up()
    from django.db import connection

    ready.migrate()
    ready.collect_static()
    from clothier.kernel.filling import take_stock
    from clothier.simulation.services import fill

    with stages() as progress:
        there = fill(customers=customers, progress=progress)
    take_stock()
    typer.echo("Measuring…", err=True)
    return connection.vendor, there.customers


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _create(server: str, name: str) -> None:
    from psycopg.errors import DuplicateDatabase

    with suppress(DuplicateDatabase):
        _command(server, f'CREATE DATABASE "{name}"')


def _command(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())

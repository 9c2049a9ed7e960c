"""A lean view as the floor of a page: the statements the page asked, on the bare driver, behind the same server.

`python -m clothier.cli.benches.lean PORT FILE` answers /0, /1 … with the rows of the FILE's statements, in a
transaction where they write. It knows no session, no rules, no page.
"""

import asyncio
import json
import pickle
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from clothier.cli import ready

Statements = Sequence[tuple[str, Any]]
_INTO = re.compile(r'^INSERT INTO "(\w+)"')


def is_writing(statements: Statements) -> bool:
    return any(not sql.lstrip().upper().startswith("SELECT") for sql, _values in statements)


@contextmanager
def twins(views: Sequence[Statements]) -> Iterator[list[Statements]]:
    """The same statements writing into twins of their tables: same columns and indexes, but a row may come twice."""
    tables = sorted({found[1] for told in views for sql, _values in told if (found := _INTO.match(sql))})
    for table in tables:
        _make_twin(table)
    try:
        yield [[(_redirected(sql), values) for sql, values in told] for told in views]
    finally:
        for table in tables:
            _run(f'DROP TABLE "lean_{table}"')


def _redirected(sql: str) -> str:
    found = _INTO.match(sql)
    return sql.replace(f'"{found[1]}"', f'"lean_{found[1]}"') if found else sql


def _make_twin(table: str) -> None:
    from django.db import connection

    _run(f'CREATE TABLE "lean_{table}" AS SELECT * FROM "{table}" WHERE 1 = 0')  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    indexed = [one["columns"] for one in constraints if one["index"] or one["unique"]]
    for number, columns in enumerate(columns for columns in indexed if columns and None not in columns):
        named = ", ".join(f'"{column}"' for column in columns)
        _run(f'CREATE INDEX "lean_{table}_{number}" ON "lean_{table}" ({named})')


def _run(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def answer(statements: Statements) -> bytes:
    """Every row of every statement, as JSON."""
    from django.db import connection, transaction

    from clothier.cli.benches.measuring import driven

    rows: list[Any] = []
    with transaction.atomic() if is_writing(statements) else nullcontext():
        connection.ensure_connection()
        with closing(connection.connection.cursor()) as cursor:
            for sql, values in statements:
                cursor.execute(driven(sql), values or ())
                rows.append(cursor.fetchall() if cursor.description else None)
    return json.dumps(rows, default=str).encode()


async def serve(port: int, views: Sequence[Statements]) -> None:
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    pool, loop = ThreadPoolExecutor(settings.WEB_THREADS), asyncio.get_running_loop()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/readyz":
            await _say(send, b"ready")
            return
        body = await loop.run_in_executor(pool, answer, views[int(scope["path"][1:])])
        await _say(send, body)

    server = Server(application, port=port, interface=Interfaces.ASGINL, websockets=False, log_level=LogLevels.error)
    await server.serve()


async def _say(send: Any, body: bytes) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    ready.set_up()
    asyncio.run(serve(int(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())))  # noqa: S301 - written by us

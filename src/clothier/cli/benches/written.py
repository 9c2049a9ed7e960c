"""The floor of writing: the rows some work left behind, put into empty twins of their tables by the bare driver."""

import time
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from clothier.cli.benches.measuring import Spent, spent

BATCH = 1000


def rows_written(work: Callable[[], Any]) -> tuple[Spent, dict[str, list[Any]]]:
    """What the work took, and the rows it added by table."""
    before = {table: _last(table, key) for table, key in _tables()}
    took = spent(work)
    added = {}
    with connection.cursor() as cursor:
        for table, key in _tables():
            cursor.execute(f'SELECT * FROM "{table}" WHERE "{key}" > %s', [before[table]])  # noqa: S608 - our own names
            if rows := cursor.fetchall():
                added[table] = rows
    return took, added


def floor_of_writing(added: dict[str, list[Any]]) -> float:
    """Seconds the driver needs for the same rows, a thousand to a transaction, into tables with the same indexes."""
    seconds = 0.0
    for table, rows in added.items():
        twin = f"floor_{table}"
        with connection.cursor() as cursor:
            _make_twin(cursor, table, twin)
            marks = ",".join(["%s"] * len(rows[0]))
            statement = f'INSERT INTO "{twin}" VALUES ({marks})'  # noqa: S608 - our own names
            ready = [tuple(_plain(value) for value in row) for row in rows]
            began = time.perf_counter()
            for first in range(0, len(ready), BATCH):
                with transaction.atomic():
                    cursor.executemany(statement, ready[first : first + BATCH])
            seconds += time.perf_counter() - began
            cursor.execute(f'DROP TABLE "{twin}"')
    return seconds


def _make_twin(cursor: Any, table: str, twin: str) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(f'CREATE TABLE "{twin}" (LIKE "{table}" INCLUDING INDEXES)')
        return
    cursor.execute(f'CREATE TABLE "{twin}" AS SELECT * FROM "{table}" WHERE 0')  # noqa: S608 - our own names
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
    for number, (_name, sql) in enumerate(cursor.fetchall()):
        if sql:
            body = sql[sql.index("(") :]
            unique = "UNIQUE " if "UNIQUE" in sql.split("(")[0].upper() else ""
            cursor.execute(f'CREATE {unique}INDEX "{twin}_{number}" ON "{twin}" {body}')


def _tables() -> list[tuple[str, str]]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        key = model._meta.pk
        if isinstance(key, models.AutoField | models.BigAutoField) and key.column and model._meta.managed:
            found.append((model._meta.db_table, key.column))
    return found


def _last(table: str, key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT MAX("{key}") FROM "{table}"')  # noqa: S608 - our own names
        return cursor.fetchone()[0] or 0


def _plain(value: Any) -> Any:
    """JSON columns come back as text from SQLite and as objects from PostgreSQL; written they must be text again."""
    if isinstance(value, dict | list):
        from psycopg.types.json import Json

        return Json(value)
    return value

"""Statements written in the code, and their rows as the driver gives them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import connection, models, transaction


def among(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """A condition that a column (as written in the statement) is one of many values, with its one parameter.

    One parameter whatever their number, so that the statement is always the same text and prepared once. A single value
    stands by itself: of a list PostgreSQL thinks anew every time how many it may hold.
    """
    told = list(values)
    if len(told) == 1:
        return f"{column} = %s", told
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [told]
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(told)]  # noqa: S608


def read(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def stream(statement: str, values: Sequence[Any] = (), *, rows: int = 50_000) -> Iterator[list[tuple[Any, ...]]]:
    """As `read`, so many rows at a time, for results that memory should not hold."""
    # Outside a transaction a pooler would lend PostgreSQL's connection away; on SQLite one would shut out writers.
    bound = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    with bound, connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while told := cursor.fetchmany(rows):
            yield told


def table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)

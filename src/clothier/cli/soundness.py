"""Is an SQLite file sound, and does all in it refer to something? Small tables whole, great ones by stretches."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

# Tables up to so many rows (by their highest key) are examined whole; of greater ones so many stretches of rows.
WHOLE = 500_000
STRETCHES, STRETCH = 40, 500


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was found: words of SQLite's own examination (only "ok" where all is well), references that lead nowhere,
    and the tables of which only a sample was read.
    """

    told: list[str]
    loose: int
    sampled: list[str]


def examine_file() -> Soundness:
    """Examine the file of the database in use."""
    told: set[str] = set()
    loose, sampled = 0, []
    with connection.cursor() as cursor:
        for table, highest in _tables():
            if highest > WHOLE:
                sampled.append(table)
                continue
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"PRAGMA quick_check({quoted})")
            told |= {str(row[0]) for row in cursor.fetchmany(5)}
            cursor.execute(f"PRAGMA foreign_key_check({quoted})")
            loose += len(cursor.fetchmany(1000))
    loose += sum(_loose(model) for model in apps.get_models() if model._meta.db_table in sampled)
    return Soundness(sorted(told - {"ok"}) or ["ok"], loose, sampled)


def _tables() -> Iterator[tuple[str, int]]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            cursor.execute(f"SELECT MAX(rowid) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our own tables
            yield name, cursor.fetchone()[0] or 0


def _loose(model: type[models.Model]) -> int:
    """References of a great table's stretches that lead nowhere. Every examination looks at other rows."""
    quote, meta = connection.ops.quote_name, model._meta
    found = 0
    references: list[Any] = [field for field in meta.concrete_fields if field.remote_field]
    for field in references:
        column, target = quote(str(field.column)), field.target_field
        there = f"SELECT 1 FROM {quote(target.model._meta.db_table)} t WHERE t.{quote(str(target.column))} = r.{column}"  # noqa: S608
        rows = f"SELECT {column} FROM {quote(meta.db_table)} r WHERE rowid BETWEEN %s AND %s"  # noqa: S608
        with connection.cursor() as cursor:
            for low in _stretches(meta.db_table):
                cursor.execute(f"{rows} AND {column} IS NOT NULL AND NOT EXISTS ({there})", [low, low + STRETCH - 1])
                found += len(cursor.fetchall())
    return found


def _stretches(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(rowid) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        highest: int = cursor.fetchone()[0]
    return [random.randrange(1, highest) for _nth in range(STRETCHES)]  # noqa: S311 - a sample, not a secret

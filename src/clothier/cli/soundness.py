"""Is an SQLite file sound, and does all in it refer to something? Small tables whole, great ones by stretches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from clothier.kernel.stretches import sample

# Tables up to so many rows (by their highest key) are examined whole, greater ones by a sample of their stretches.
WHOLE = 500_000


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
    loose, sampled = 0, dict[str, int]()
    with connection.cursor() as cursor:
        for table, highest in _tables():
            if highest > WHOLE:
                sampled[table] = highest
                continue
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"PRAGMA quick_check({quoted})")
            told |= {str(row[0]) for row in cursor.fetchmany(5)}
            cursor.execute(f"PRAGMA foreign_key_check({quoted})")
            loose += len(cursor.fetchmany(1000))
    tables = ((model, model._meta.db_table) for model in apps.get_models())
    loose += sum(_loose(model, sampled[table]) for model, table in tables if table in sampled)
    return Soundness(sorted(told - {"ok"}) or ["ok"], loose, list(sampled))


def _tables() -> Iterator[tuple[str, int]]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            cursor.execute(f"SELECT MAX(rowid) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our own tables
            yield name, cursor.fetchone()[0] or 0


def _loose(model: type[models.Model], highest: int) -> int:
    """References of a great table's stretches that lead nowhere. Every examination looks at other rows."""
    quote, meta = connection.ops.quote_name, model._meta
    found = 0
    references: list[Any] = [field for field in meta.concrete_fields if field.remote_field]
    for field in references:
        column, target = quote(str(field.column)), field.target_field
        there = f"SELECT 1 FROM {quote(target.model._meta.db_table)} t WHERE t.{quote(str(target.column))} = r.{column}"  # noqa: S608
        rows = f"SELECT {column} FROM {quote(meta.db_table)} r WHERE rowid BETWEEN %s AND %s"  # noqa: S608
        with connection.cursor() as cursor:
            for low, after in sample(highest):
                cursor.execute(f"{rows} AND {column} IS NOT NULL AND NOT EXISTS ({there})", [low, after - 1])
                found += len(cursor.fetchall())
    return found

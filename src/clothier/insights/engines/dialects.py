"""A query of the ORM said in the SQL of an engine, so that a segment is one query wherever it runs."""

from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import QuerySet


def statement(rows: "QuerySet[Any, Any]", dialect: str) -> str:
    """The query with its values in it. Composed as for SQLite, whatever the database: one text to translate."""
    composed, values = rows.query.get_compiler(connection=_sqlite()).as_sql()
    return translated(composed % tuple(_literal(value) for value in values), dialect)


def translated(sql: str, dialect: str) -> str:
    import sqlglot  # Slow to import, and no page needs it.

    return sqlglot.transpile(sql, read="sqlite", write=dialect)[0]


def _literal(value: Any) -> str:
    """A value of a query as text. Raises TypeError on what no query of ours holds."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"no literal for {value!r}")


@cache
def _sqlite() -> Any:
    """Never opened: it only knows the grammar."""
    return DatabaseWrapper({**connections.databases["default"], "NAME": ":memory:", "OPTIONS": {}}, "grammar")

"""Keys of rows about to be inserted."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from clothier.kernel.columns.reading import read, table

_SEQUENCE = "pg_get_serial_sequence(%s, %s)"


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Keys that nobody else will get, for rows inserted in this transaction."""
    if connection.vendor != "postgresql":
        return claim(model, count)
    # OFFSET keeps the sequence from being looked up by its name for every key, which takes longer than the key.
    named = f"SELECT {_SEQUENCE}::regclass AS name OFFSET 0"
    drawn = f"SELECT nextval(name) FROM ({named}) AS sequence, generate_series(1, %s)"  # noqa: S608
    return [pk for (pk,) in read(drawn, [*_named(model), count])]


def claim(model: type[models.Model], count: int) -> range:
    """As `reserve`, without gaps: on PostgreSQL only for whoever has the table to himself."""
    if not connection.in_atomic_block:
        raise RuntimeError("keys are reserved inside the transaction that uses them")
    if connection.vendor == "postgresql":
        moved = f"SELECT setval({_SEQUENCE}, nextval({_SEQUENCE}) + %s)"
        last: int = read(moved, [*_named(model), *_named(model), count - 1])[0][0]
        return range(last - count + 1, last + 1)
    # SQLite has one writer and it is us: transactions begin with the write lock.
    told = read("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    first: int = told[0][0] + 1 if told else 1
    return range(first, first + count)


def _named(model: type[models.Model]) -> list[Any]:
    return [table(model), model._meta.pk.column]

"""Rows as columns, for tens of thousands at a time.

A model instance costs more to build than its row costs the database to write; who imports a history or counts a million
profiles anew has columns of plain values and no use for instances. Values here are what the driver takes: `stamps`
turns moments into that, JSON is given as text.
"""

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.db import connection, models, transaction

Columns = Mapping[str, Iterable[Any]]
# Rows to a statement: half the cost of a row is beginning its statement, and beyond this nothing is gained.
BLOCK = 50
# Temporary tables of one connection need names of their own.
_turns = itertools.count()


def insert(model: type[models.Model], columns: Columns, *, count: int) -> Sequence[int]:
    """Insert `count` rows given as columns (attribute name → values); their keys, in order.

    Keys come from `reserve` unless they are among the columns; other columns left out get the model's defaults.
    Raises IntegrityError.
    """
    if not count:
        return []
    key: Any = model._meta.pk
    given = {name: _listed(column) for name, column in {**_defaults(model, count), **columns}.items()}
    if key.attname not in given:
        given[key.attname] = reserve(model, count)
    keys = given[key.attname]
    # Binding a NULL costs SQLite's driver as much as five integers: a column that is empty in all rows is not named.
    given = {name: column for name, column in given.items() if column.count(None) < count}
    names = ", ".join(_column(model, name) for name in given)
    rows = list(zip(*given.values(), strict=True))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and count > BLOCK:
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table(model)} ({names}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return keys
        in_blocks(cursor, f"INSERT INTO {table(model)} ({names}) VALUES ", rows)  # noqa: S608 - our own names
    return keys


def in_blocks(cursor: Any, head: str, rows: Sequence[tuple[Any, ...]], tail: str = "") -> None:
    """Execute `head`, rows of values, `tail`, many rows to a statement."""
    if not rows:
        return
    one, width = f"({', '.join(['%s'] * len(rows[0]))})", len(rows[0])
    cells, whole, rest = chain.from_iterable(rows), len(rows) // BLOCK, len(rows) % BLOCK
    if whole:
        blocks = [tuple(islice(cells, BLOCK * width)) for _ in range(whole)]
        cursor.executemany(f"{head}{', '.join([one] * BLOCK)}{tail}", blocks)
    if rest:
        cursor.execute(f"{head}{', '.join([one] * rest)}{tail}", list(cells))


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Keys that nobody else will get, for rows about to be inserted in this transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("keys are reserved inside the transaction that uses them")
    key: Any = model._meta.pk
    if connection.vendor == "postgresql":
        drawn = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        return [pk for (pk,) in read(drawn, [table(model), key.column, count])]
    # SQLite has one writer and it is us: transactions begin with the write lock.
    told = read("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    last: int = told[0][0] if told else 0
    return range(last + 1, last + 1 + count)


def update(model: type[models.Model], columns: Columns, *, keys: Sequence[Any]) -> None:
    """Set columns of the rows with these primary keys."""
    key: Any = model._meta.pk
    rows = list(zip(*columns.values(), keys, strict=True))
    if connection.vendor == "postgresql" and len(rows) > BLOCK:
        _update_from_copy(model, [*columns, key.attname], rows)
    elif rows:
        sets = ", ".join(f"{_column(model, name)} = %s" for name in columns)
        statement = f"UPDATE {table(model)} SET {sets} WHERE {_column(model, key.attname)} = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _update_from_copy(model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """COPY takes a row in a few microseconds; as parameters they cost ten times that to write out and to parse."""
    quoted = [_column(model, name) for name in names]
    told, listed = f"told_{next(_turns)}", ", ".join(quoted)
    sets = ", ".join(f"{name} = {told}.{name}" for name in quoted[:-1])
    where = f"{table(model)}.{quoted[-1]} = {told}.{quoted[-1]}"
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {told} ON COMMIT DROP AS SELECT {listed} FROM {table(model)} LIMIT 0")  # noqa: S608
        with connection.wrap_database_errors, cursor.copy(f"COPY {told} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"UPDATE {table(model)} SET {sets} FROM {told} WHERE {where}")  # noqa: S608
        cursor.execute(f"DROP TABLE {told}")


def among(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """A condition that a column (as written in the statement) is one of many values, with its one parameter.

    One parameter whatever their number, so that the statement is always the same text and prepared once.
    """
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]  # noqa: S608


def read(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement written in the code, as the driver gives them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def stream(statement: str, values: Sequence[Any] = (), *, rows: int = 50_000) -> Iterator[list[tuple[Any, ...]]]:
    """As `read`, so many rows at a time, for results that memory should not hold."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while told := cursor.fetchmany(rows):
            yield told


def table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def stamps(moments: Iterable[datetime | None]) -> list[Any]:
    """Moments as the driver takes them."""
    if connection.vendor == "postgresql":
        return list(moments)
    return [None if moment is None else _written(moment) for moment in moments]


def instant(column: str) -> str:
    """A moment's column in a statement, so that `read` gives what `moment_of` takes, without conversion in between."""
    return column if connection.vendor == "postgresql" else f"CAST({column} AS text)"


def moment(told: Any) -> datetime:
    """The aware moment of what `instant` read."""
    return datetime.fromisoformat(f"{told}+00:00") if isinstance(told, str) else told.astimezone(UTC)


def moment_of(told: Any) -> datetime | None:
    """As `moment`, where there may be none."""
    return None if told is None else moment(told)


def seconds(column: str) -> str:
    """A moment's column in a statement as whole seconds since 1970."""
    if connection.vendor == "postgresql":
        return f"FLOOR(EXTRACT(EPOCH FROM {column}))::bigint"
    return f"CAST(strftime('%%s', {column}) AS INTEGER)"


def micros(column: str, instead: int) -> str:
    """A moment in a statement as microseconds since 1970; `instead` where there is none."""
    if connection.vendor == "postgresql":
        return f"COALESCE((EXTRACT(EPOCH FROM {column}) * 1000000)::bigint, {instead:d})"
    # Django writes microseconds only where there are some.
    part = f"CAST(substr(substr({column}, 21) || '000000', 1, 6) AS INTEGER)"
    return f"COALESCE(CAST(strftime('%%s', {column}) AS INTEGER) * 1000000 + {part}, {instead:d})"


def same(value: Any, count: int) -> Sequence[Any]:
    """A column that says the same in every row."""
    return [value] * count


def _listed(column: Iterable[Any]) -> Sequence[Any]:
    return column if isinstance(column, list | tuple | range) else list(column)


# One moment is written to several tables: the order's, its event's, the profile's.
@lru_cache(maxsize=16_384)
def _written(moment: datetime) -> str:
    """As Django writes it to SQLite: UTC, without a zone."""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(" ")[:-6]


def _defaults(model: type[models.Model], count: int) -> dict[str, Sequence[Any]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {field.attname: same(_plain(field.get_default()), count) for field in fields}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _column(model: type[models.Model], name: str) -> str:
    field: Any = next(field for field in model._meta.concrete_fields if field.attname == name)
    return connection.ops.quote_name(field.column)

"""Columns into tables: PostgreSQL takes them as COPY, SQLite many rows to a statement."""

import itertools
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from django.db import connection, models, transaction

from clothier.kernel.columns.cells import Cells, Columns, Every, complete, given, once, plain
from clothier.kernel.columns.keys import reserve
from clothier.kernel.columns.reading import table

# Rows to a statement on SQLite: beginning one costs as much as half a row, and beyond this nothing is gained.
BLOCK = 100
# Up to here PostgreSQL is told row by row: a temporary table costs more.
FEW = 50
# Up to here reserving keys, or COPY, costs more than it spares.
HANDFUL = 8
# Temporary tables of one connection need names of their own.
_turns = itertools.count()


def insert(model: type[models.Model], columns: Columns, *, count: int) -> Sequence[int]:
    """Insert `count` rows given as columns (attribute name → cells); their keys, in order.

    Keys are reserved unless they are among the columns. Raises IntegrityError.
    """
    if not count:
        return []
    key = model._meta.pk.attname
    if count <= HANDFUL and key not in columns and not any(hasattr(cells, "dtype") for cells in columns.values()):
        return _insert_handful(model, complete(model, {**columns, key: Every(None)}), count)
    keys: Any = columns[key] if key in columns else reserve(model, count)
    told = complete(model, {**columns, key: keys})
    with transaction.atomic(savepoint=False):
        if connection.vendor == "postgresql":
            _copy(table(model), told, count)
        else:
            _insert_blocks(table(model), told, count)
    kept: Sequence[int] = keys
    return kept


def update(model: type[models.Model], columns: Columns, *, keys: Sequence[Any]) -> None:
    """Set columns of the rows with these primary keys."""
    if not len(keys):
        return
    told = given(model, {**columns, model._meta.pk.attname: keys})
    if connection.vendor == "postgresql" and len(keys) > FEW:
        _update_from_copy(table(model), told, len(keys))
        return
    if connection.vendor == "sqlite" and len(keys) >= BLOCK and not _indexed(model) & columns.keys():
        _update_blocks(table(model), told, len(keys))
        return
    *names, key = map(_quoted, told)
    sets = ", ".join(f"{name} = %s" for name in names)
    rows: Any = zip(*(plain(field, cells, len(keys)) for field, cells in told.items()), strict=True)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table(model)} SET {sets} WHERE {key} = %s", rows)  # noqa: S608


def in_blocks(
    cursor: Any, head: str, rows: Iterable[tuple[Any, ...]], *, count: int, alike: Sequence[Any] = (), tail: str = ""
) -> None:
    """Execute `head`, rows of values, `tail`, many rows to a statement (SQLite).

    The values of `alike` stand first in every row and are bound once a statement, as ?1, ?2.
    """
    rows = iter(rows)
    if (first := next(rows, None)) is None:
        return
    one = f"({', '.join([*(f'?{n + 1}' for n in range(len(alike))), *['%s'] * len(first)])})"
    cells = chain(first, chain.from_iterable(rows))
    whole, rest = divmod(count, BLOCK)
    for times, size in ((whole, BLOCK), (1, rest)):
        if times and size:
            blocks = (tuple(chain(alike, islice(cells, size * len(first)))) for _ in range(times))
            cursor.executemany(f"{head}{', '.join([one] * size)}{tail}", blocks)


def _insert_handful(model: type[models.Model], told: dict[Any, Cells], count: int) -> Sequence[int]:
    """A verb's few rows: one statement, which gives the keys back in the order of the rows."""
    fields = {field: cells for field, cells in told.items() if not field.primary_key}
    rows = zip(*(plain(field, cells, count) for field, cells in fields.items()), strict=True)
    statement = _handful(model, tuple(field.column for field in fields), count)
    with connection.cursor() as cursor:
        cursor.execute(statement, list(chain.from_iterable(rows)))
        return [pk for (pk,) in cursor.fetchall()]


@cache
def _handful(model: type[models.Model], names: tuple[str, ...], count: int) -> str:
    """Written out once: a sale inserts by five of these."""
    told = ", ".join(map(connection.ops.quote_name, names))
    one = f"({', '.join(['%s'] * len(names))})"
    rows = ", ".join([one] * count)
    return f"INSERT INTO {table(model)} ({told}) VALUES {rows} RETURNING {_quoted(model._meta.pk)}"  # noqa: S608


def _insert_blocks(name: str, told: dict[Any, Cells], count: int) -> None:
    alike, apart = _parted(told, count)
    head = f"INSERT INTO {name} ({', '.join(map(_quoted, [*alike, *apart]))}) VALUES "  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        in_blocks(cursor, head, zip(*apart.values(), strict=True), count=count, alike=tuple(alike.values()))


def _update_blocks(name: str, told: dict[Any, Cells], count: int) -> None:
    """Beginning a statement for each row costs as much as changing it.

    Only for columns without an index: where one changes, SQLite walks the rows twice, and each for itself is quicker.
    """
    alike, apart = _parted(told, count)
    places = {field: number for number, field in enumerate([*alike, *apart], start=1)}
    *sets, key = [(_quoted(field), f"told.column{places[field]}") for field in told]
    changes = ", ".join(f"{column} = {place}" for column, place in sets)
    tail = f") AS told WHERE {name}.{key[0]} = {key[1]}"
    with connection.cursor() as cursor:
        rows: Any = zip(*apart.values(), strict=True)
        in_blocks(
            cursor,
            f"UPDATE {name} SET {changes} FROM (VALUES ",  # noqa: S608 - names of our own tables
            rows,
            count=count,
            alike=tuple(alike.values()),
            tail=tail,
        )


@cache
def _indexed(model: type[models.Model]) -> frozenset[str]:
    """Attributes that some index of the table holds or is chosen by."""
    meta = model._meta
    named = {name.lstrip("-") for index in meta.indexes for name in index.fields}
    named |= {name for one in meta.constraints for name in getattr(one, "fields", ())}
    fields: list[Any] = [field for field in meta.concrete_fields if not field.primary_key]
    alone = {field.attname for field in fields if field.db_index or field.unique}
    return frozenset(alone | {_attribute(model, name) for name in named})


def _attribute(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def _parted(told: dict[Any, Cells], count: int) -> tuple[dict[Any, Any], dict[Any, Iterable[Any]]]:
    """Values that are the same in every row, and the others column by column, as drivers take them."""
    alike = {field: once(field, cells) for field, cells in told.items() if isinstance(cells, Every)}
    return alike, {field: plain(field, cells, count) for field, cells in told.items() if field not in alike}


def _copy(name: str, told: dict[Any, Cells], count: int) -> None:
    from clothier.kernel.columns.copying import copied  # Loaded only where PostgreSQL takes columns.

    statement = f"COPY {name} ({', '.join(map(_quoted, told))}) FROM STDIN (FORMAT csv)"
    text = copied(told, count)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(text)


def _update_from_copy(name: str, told: dict[Any, Cells], count: int) -> None:
    """COPY takes a row in a few microseconds; as parameters they cost ten times that to write out and to parse."""
    *names, key = map(_quoted, told)
    beside = f"told_{next(_turns)}"
    sets = ", ".join(f"{column} = {beside}.{column}" for column in names)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        like = f"SELECT {', '.join([*names, key])} FROM {name} LIMIT 0"  # noqa: S608 - names of our own tables
        cursor.execute(f"CREATE TEMPORARY TABLE {beside} ON COMMIT DROP AS {like}")
        _copy(beside, told, count)
        cursor.execute(f"UPDATE {name} SET {sets} FROM {beside} WHERE {name}.{key} = {beside}.{key}")  # noqa: S608
        cursor.execute(f"DROP TABLE {beside}")


def _quoted(field: Any) -> str:
    quoted: str = connection.ops.quote_name(field.column)
    return quoted

"""Many rows written in few statements."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models, transaction

from clothier.kernel import columns
from clothier.kernel.columns import in_blocks
from clothier.kernel.rows.shapes import FEW, HANDFUL, Shape, cells, made_key, shape


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model and give them their keys.

    Raises IntegrityError like bulk_create; who wants to go on in the same transaction after one sets a savepoint.
    """
    if not rows:
        return
    model = type(rows[0])
    key = made_key(model)
    if key and len(rows) > FEW:
        # Many go as columns, which is COPY on PostgreSQL; keys are reserved in the transaction that uses them.
        with transaction.atomic(savepoint=False):
            keys = columns.insert(model, cells(model, rows), count=len(rows))
    else:
        keys = _send(shape(model), rows, f" RETURNING {connection.ops.quote_name(key.column)}" if key else "")
    _written(rows, keys if key else [])


def insert_new(row: models.Model, *, unique: Sequence[str]) -> bool:
    """Insert a row and give it its key; False when one with the same values of a unique constraint is there already.

    It waits for whoever is writing that one. Unlike an IntegrityError it leaves the transaction usable on PostgreSQL,
    so it needs no savepoint.
    """
    model = type(row)
    known, key = shape(model, tuple(unique)).columns, connection.ops.quote_name(str(model._meta.pk.column))
    keys = _send(shape(model), [row], f" ON CONFLICT ({known}) DO NOTHING RETURNING {key}")
    if keys:
        _written([row], keys)
    return bool(keys)


def _written(rows: Sequence[models.Model], keys: Sequence[Any]) -> None:
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias
    for row, made in zip(rows, keys, strict=False):
        row.__dict__[row._meta.pk.attname] = made


def upsert(rows: Sequence[models.Model], *, unique: Sequence[str], update: Sequence[str]) -> None:
    """Insert rows, or update these fields of those that are there by a unique constraint; keys are not given back.

    No two of the rows may be the same by that constraint.
    """
    if not rows:
        return
    model = type(rows[0])
    written, known = shape(model), shape(model, tuple(unique)).columns
    sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in shape(model, tuple(update)).names)
    _send(written, rows, f" ON CONFLICT ({known}) DO UPDATE SET {sets}")


def update(rows: Iterable[models.Model], fields: Sequence[str]) -> int:
    """Write these fields of rows that exist, by their keys; how many rows."""
    todo = list(rows)
    if not todo:
        return 0
    many = connection.vendor == "postgresql" and len(todo) > HANDFUL
    columns, statement = _changing(type(todo[0]), tuple(fields), many)
    with connection.cursor() as cursor:
        if many:
            cursor.execute(statement, [columns.json(todo)])
        elif len(todo) == 1:
            cursor.execute(statement, columns.values(todo)[0])
        else:
            cursor.executemany(statement, columns.values(todo))
    return len(todo)


@cache
def _changing(model: type[models.Model], fields: tuple[str, ...], many: bool) -> tuple[Shape, str]:
    columns = shape(model, (*fields, str(model._meta.pk.attname)))
    *names, pk = columns.names
    if many:
        sets = ", ".join(f"{name} = v.{name}" for name in names)
        where = f"{columns.table}.{pk} = v.{pk}"
        return columns, f"UPDATE {columns.table} SET {sets} FROM {columns.recordset} WHERE {where}"  # noqa: S608
    sets = ", ".join(f"{name} = %s" for name in names)
    return columns, f"UPDATE {columns.table} SET {sets} WHERE {pk} = %s"  # noqa: S608 - names of our own tables


def _send(columns: Shape, rows: Sequence[models.Model], tail: str = "") -> Sequence[int]:
    """Insert with what follows the rows in the statement; what RETURNING gave."""
    with connection.cursor() as cursor:
        if len(rows) <= (HANDFUL if connection.vendor == "postgresql" else FEW):
            places = ", ".join([f"({columns.marks})"] * len(rows))
            values = [value for row in columns.values(rows) for value in row]
            cursor.execute(f"{columns.head}VALUES {places}{tail}", values)
        elif connection.vendor == "postgresql":
            chosen = f"SELECT {columns.columns} FROM {columns.recordset}"  # noqa: S608 - names of our own tables
            cursor.execute(columns.head + chosen + tail, [columns.json(rows)])
        else:
            _many(cursor, columns, rows, tail)
        return [pk for (pk,) in cursor.fetchall()] if "RETURNING" in tail else []


def _many(cursor: Any, columns: Shape, rows: Sequence[models.Model], tail: str = "") -> None:
    in_blocks(cursor, f"{columns.head}VALUES ", columns.values(rows), count=len(rows), tail=tail)

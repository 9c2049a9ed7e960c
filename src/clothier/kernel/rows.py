"""Rows without composing SQL anew: what bulk_create, filter and delete do, for verbs that run with every tap.

Django resolves and checks every value of every row as an expression of its own, which costs ten times what the
database takes. Histories, imports and the event log insert plain values by the hundred thousand; this is for them,
and for the one event of a tap, which must not cost more than what it tells of.
"""

from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models, transaction

# Parameters of one statement on PostgreSQL stay well below the protocol's 65 535.
_PARAMETERS = 30_000
# Up to here SQLite, too, takes all rows in one statement; beyond, one prepared statement many times is quicker.
FEW = 64
_PLAIN = (models.IntegerField, models.FloatField, models.BooleanField, models.ForeignKey, models.BinaryField)
Prepare = Callable[[Any], Any] | None
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How rows of one model are written; `key` is the quoted column of the key, `made` when the database makes it."""

    head: str
    readers: tuple[tuple[str, Prepare], ...]
    key: str
    made: bool


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model and give them their keys.

    Values are taken as they are: no defaults of the database, no auto_now. Raises IntegrityError like bulk_create; who
    wants to go on in the same transaction after one sets a savepoint.
    """
    if not rows:
        return
    plan = _plan(type(rows[0]))
    values = [
        [prepare(getattr(row, name)) if prepare else getattr(row, name) for name, prepare in plan.readers]
        for row in rows
    ]
    many = connection.vendor == "sqlite" and len(rows) >= FEW
    keys = _prepared(plan, values) if many else _returning(plan, values)
    for row, value in zip(rows, keys, strict=True):
        if plan.made:
            row.pk = value
        row._state.adding, row._state.db = False, connection.alias


def upsert(rows: Sequence[models.Model], *, unique: Sequence[str], update: Sequence[str]) -> None:
    """Insert rows, or update these fields of those that are there by a unique constraint; keys are not given back.

    No two of the rows may be the same by that constraint.
    """
    if not rows:
        return
    plan, quote = _plan(type(rows[0])), connection.ops.quote_name
    meta: Any = rows[0]._meta
    known = ", ".join(quote(meta.get_field(name).column) for name in unique)
    changed = [quote(meta.get_field(name).column) for name in update]
    sets = ", ".join(f"{column} = EXCLUDED.{column}" for column in changed)
    values = [
        [prepare(getattr(row, name)) if prepare else getattr(row, name) for name, prepare in plan.readers]
        for row in rows
    ]
    with connection.cursor() as cursor:
        statement = f"{plan.head}({marks(plan.readers)}) ON CONFLICT ({known}) DO UPDATE SET {sets}"
        cursor.executemany(statement, values)


def fetch(model: type[M], where: str, values: Sequence[Any], *, hold: bool = False) -> list[M]:
    """The rows that meet a condition, in the order of their ids; with `hold` locked until the transaction ends.

    `where` is written in the code, never made of what somebody said: that goes into `values`.
    """
    lock = " FOR UPDATE" if hold and connection.features.has_select_for_update else ""
    return list(model._default_manager.raw(f"{_select(model)} WHERE {where} ORDER BY id{lock}", values))


def delete(model: type[models.Model], where: str, values: Sequence[Any]) -> None:
    """Delete rows that nothing refers to."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)} WHERE {where}", values)  # noqa: S608


def marks(values: Sized) -> str:
    """A placeholder for each value of an IN list."""
    return ", ".join(["%s"] * len(values))


@cache
def _select(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    return f"SELECT {columns} FROM {quote(model._meta.db_table)}"  # noqa: S608 - names of our own tables


@cache
def _plan(model: type[models.Model]) -> _Plan:
    meta = model._meta
    key: Any = meta.pk
    made = isinstance(key, models.AutoField)
    fields: list[Any] = [field for field in meta.concrete_fields if not (made and field is key)]
    quote = connection.ops.quote_name
    return _Plan(
        head=f"INSERT INTO {quote(meta.db_table)} ({', '.join(quote(field.column) for field in fields)}) VALUES ",  # noqa: S608 - names of our own tables
        readers=tuple((field.attname, _prepare(field)) for field in fields),
        key=quote(key.column),
        made=made,
    )


def _prepared(plan: _Plan, values: list[list[Any]]) -> Sequence[int]:
    """One prepared statement for all. The writer is alone in its transaction, so the keys it made are consecutive."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(f"{plan.head}({marks(plan.readers)})", values)
        cursor.execute("SELECT last_insert_rowid()")
        last: int = cursor.fetchone()[0]
    return range(last - len(values) + 1, last + 1)


def _returning(plan: _Plan, values: list[list[Any]]) -> Sequence[int]:
    size = max(1, _PARAMETERS // len(plan.readers))
    if len(values) <= size:
        return _one_statement(plan, values)
    with transaction.atomic(savepoint=False):
        chunks = [values[start : start + size] for start in range(0, len(values), size)]
        return [key for chunk in chunks for key in _one_statement(plan, chunk)]


def _one_statement(plan: _Plan, values: list[list[Any]]) -> list[int]:
    one = f"({marks(plan.readers)})"
    statement = f"{plan.head}{', '.join([one] * len(values))} RETURNING {plan.key}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in values for value in row])
        return [pk for (pk,) in cursor.fetchall()]


def _prepare(field: Any) -> Prepare:
    """What a value of this field needs before the driver takes it; None when it needs nothing."""
    if isinstance(field, models.DateTimeField):
        return _moment if connection.vendor == "sqlite" else None
    if isinstance(field, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, field.encoder)
    if isinstance(field, models.CharField | models.TextField):
        return _text
    return None if isinstance(field, _PLAIN) else lambda value: field.get_db_prep_save(value, connection=connection)


def _text(value: Any) -> str | None:
    """A member of TextChoices is written as its value."""
    return value if value is None or value.__class__ is str else str(value)


def _moment(value: datetime | None) -> str | None:
    """As Django writes it to SQLite: UTC, without a zone."""
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))

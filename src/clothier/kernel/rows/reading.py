"""Rows found, changed and removed by a condition written in the code."""

from collections.abc import Callable, Mapping, Sequence, Sized
from datetime import datetime
from functools import cache, partial
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

from clothier.kernel import columns

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any], Any]


def fetch(model: type[M], where: str, values: Sequence[Any] = (), *, hold: bool = False) -> list[M]:
    """The rows that meet a condition, in the order of their keys; with `hold` locked until the transaction ends.

    `where` is written in the code, never made of what somebody said: that goes into `values`.
    """
    lock = " FOR UPDATE" if hold and connection.features.has_select_for_update else ""
    select, names, converters = _reading(model)
    with connection.cursor() as cursor:
        # The plus keeps the planner from walking the whole table by id to be spared the sorting of a few rows.
        cursor.execute(f"{select} WHERE {where} ORDER BY +{model._meta.pk.column}{lock}", values)
        told = cursor.fetchall()
    return [_row(model, names, converters, row) for row in told]


def change(model: type[models.Model], told: Mapping[str, Any], where: str, values: Sequence[Any]) -> int:
    """Set these columns of the rows that meet a condition; how many rows. Moments are aware."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(name)} = %s" for name in told)
    new = [columns.stamp(value) if isinstance(value, datetime) else value for value in told.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {where}", [*new, *values])  # noqa: S608
        return int(cursor.rowcount)


def delete(model: type[models.Model], where: str, values: Sequence[Any]) -> None:
    """Delete rows that nothing refers to."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)} WHERE {where}", values)  # noqa: S608


def marks(values: Sized) -> str:
    """A placeholder for each value of an IN list."""
    return ", ".join(["%s"] * len(values))


def _row(model: type[M], names: Sequence[str], converters: Sequence[tuple[int, Convert]], told: Sequence[Any]) -> M:
    values = list(told)
    for place, convert in converters:
        values[place] = convert(values[place])
    row = model.__new__(model)
    row.__dict__ = dict(zip(names, values, strict=True))
    row._state = ModelState()
    row._state.adding, row._state.db = False, connection.alias
    return row


@cache
def _reading(model: type[models.Model]) -> tuple[str, list[str], list[tuple[int, Convert]]]:
    """The statement, the attributes it fills, and what Django makes of the values that the driver gives."""
    quote, table = connection.ops.quote_name, model._meta.db_table
    fields: list[Any] = list(model._meta.concrete_fields)
    told = ", ".join(_asked(field, quote(str(field.column))) for field in fields)
    converters = [(place, convert) for place, field in enumerate(fields) for convert in _converters(field, table)]
    return f"SELECT {told} FROM {quote(table)}", [field.attname for field in fields], converters  # noqa: S608


def _asked(field: Any, column: str) -> str:
    return columns.instant(column) if isinstance(field, models.DateTimeField) else column


def _converters(field: Any, table: str) -> list[Convert]:
    if isinstance(field, models.DateTimeField):
        # A tenth of the time that Django's way from text to a moment takes.
        return [] if connection.vendor == "postgresql" else [columns.moment_of]
    column = field.get_col(table)
    found = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
    return [partial(_converted, convert, column) for convert in found]


def _converted(convert: Callable[..., Any], column: Any, value: Any) -> Any:
    return convert(value, column, connection)

"""Rows found and removed by a condition written in the code."""

from collections.abc import Sequence, Sized
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


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

"""Many rows in few statements. The ORM's own bulk verbs spend most of their time composing SQL one value at a time,
and a promise may not cost more than the event that starts it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

# Below the least number of parameters that any build of SQLite or PostgreSQL's protocol takes.
_PARAMETERS = 30_000
_Adapt = Callable[[Any], Any]


def insert(rows: Sequence[models.Model], *, ids: bool = False, ignore: bool = False) -> None:
    """Insert rows of one model as they are; with `ids` each learns its number, with `ignore` a twin is left out."""
    if not rows:
        return
    table, names, adapters = _columns(type(rows[0]))
    quoted = ", ".join(connection.ops.quote_name(column) for column, _ in names)
    head = f"INSERT INTO {connection.ops.quote_name(table)} ({quoted}) VALUES "  # noqa: S608 - names of the models' own
    tail = " ON CONFLICT DO NOTHING" if ignore else ""
    place = "(" + ", ".join(["%s"] * len(names)) + ")"
    values = [[adapt(getattr(row, name)) for (_, name), adapt in zip(names, adapters, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        if not ids:
            cursor.executemany(head + place + tail, values)
            return
        size = _PARAMETERS // len(names)
        for first in range(0, len(rows), size):
            part = values[first : first + size]
            cursor.execute(
                head + ", ".join([place] * len(part)) + " RETURNING id", [one for row in part for one in row]
            )
            for row, (pk,) in zip(rows[first : first + size], cursor.fetchall(), strict=True):
                row.pk = pk
                row._state.adding = False


def update(rows: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Write these fields of rows that exist, by their numbers."""
    if not rows:
        return
    table, names, adapters = _columns(type(rows[0]))
    wanted = set(fields)
    chosen = [(column, name, adapt) for (column, name), adapt in zip(names, adapters, strict=True) if name in wanted]
    sets = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column, _, _ in chosen)
    values = [[*(adapt(getattr(row, name)) for _, name, adapt in chosen), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {connection.ops.quote_name(table)} SET {sets} WHERE id = %s", values)  # noqa: S608


@cache
def _columns(model: type[models.Model]) -> tuple[str, list[tuple[str, str]], list[_Adapt]]:
    """Table, (column, attribute) pairs without the number the database gives, and what the driver needs of each."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    return (
        model._meta.db_table,
        [(str(field.column), field.attname) for field in fields],
        [_adapter(field) for field in fields],
    )


def _adapter(field: "models.Field[Any, Any]") -> _Adapt:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, field.encoder)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value

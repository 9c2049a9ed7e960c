"""Columns into tables: what `rows.insert` does for objects, without an object a row.

A history of ten million orders is a few arrays. Written as objects it costs an hour, as columns minutes: SQLite takes a
hundred rows to a statement, PostgreSQL takes them as COPY. Keys are given or made by the database; nothing comes back.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from itertools import chain, islice, repeat
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max
from numpy.typing import NDArray

# Rows to a statement on SQLite: beyond, binding the values costs all the time there is.
_AT_ONCE = 100
# A moment that never came: NumPy's "not a time" as a number.
NEVER = int(np.iinfo(np.int64).min)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Every:
    """The same value in every row."""

    value: Any


Cells = Sequence[Any] | NDArray[Any] | Every


def first_free(model: type[models.Model]) -> int:
    """The key after the highest there is. True until somebody else writes: for whoever has the table to himself."""
    highest: int | None = model._default_manager.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1


def days_of(seconds: Ints, zone: tzinfo) -> Ints:
    """The local day of every moment, as date's ordinal: found among the days' midnights."""
    first, last = (datetime.fromtimestamp(int(end), zone).toordinal() for end in (seconds.min(), seconds.max()))
    days = [date.fromordinal(number) for number in range(first, last + 1)]
    midnights = np.array([datetime.combine(day, time.min, zone).timestamp() for day in days])
    return first + np.searchsorted(midnights, seconds, side="right").astype(np.int64) - 1


def load(model: type[models.Model], count: int, columns: Mapping[str, Cells]) -> None:
    """Insert `count` rows, given column by column under the names of the model's attributes (`store_id`).

    Moments are arrays of seconds since 1970, with NEVER for none; JSON is text already. What is not named is empty, or
    what the field has by default. Values are taken as they are: nothing is checked but what the database checks.
    """
    if not count:
        return
    fields, cells = _chosen(model, columns)
    if connection.vendor == "sqlite":
        _prepared(model, fields, cells, count)
    else:
        _copied(model, fields, cells, count)


def _chosen(model: type[models.Model], columns: Mapping[str, Cells]) -> tuple[list[Any], list[Cells]]:
    known: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    chosen = {known[name]: cells for name, cells in columns.items()}
    for field in known.values():
        if field not in chosen and not field.null and not isinstance(field, models.AutoField):
            value = field.get_default()
            chosen[field] = Every(connection.ops.adapt_json_value(value, None) if _is_json(field) else value)
    return list(chosen), list(chosen.values())


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def _head(model: type[models.Model], fields: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"


def _prepared(model: type[models.Model], fields: Sequence[Any], cells: Sequence[Cells], count: int) -> None:
    rows = zip(*(_listed(field, column, count) for field, column in zip(fields, cells, strict=True)), strict=True)
    one = f"({', '.join(['%s'] * len(fields))})"
    head = f"INSERT INTO {_head(model, fields)} VALUES "  # noqa: S608 - names of our own tables
    whole, rest = divmod(count, _AT_ONCE)
    with connection.cursor() as cursor:
        if whole:
            blocks: Any = _blocks(islice(rows, whole * _AT_ONCE), _AT_ONCE * len(fields))
            cursor.executemany(head + ", ".join([one] * _AT_ONCE), blocks)
        if rest:
            cursor.execute(head + ", ".join([one] * rest), list(chain.from_iterable(rows)))


def _blocks(rows: Iterator[tuple[Any, ...]], size: int) -> Iterator[tuple[Any, ...]]:
    cells = chain.from_iterable(rows)
    while block := tuple(islice(cells, size)):
        yield block


def _listed(field: Any, column: Cells, count: int) -> Any:
    """The column as Python values that SQLite's driver takes."""
    if isinstance(column, Every):
        once = _listed(field, np.array([column.value]), 1)[0] if _is_moment(field, column) else column.value
        return repeat(once, count)
    if isinstance(field, models.DateTimeField):
        return pa.array(_seconds(column)).cast(pa.string()).to_pylist()
    return column.tolist() if isinstance(column, np.ndarray) else column


def _is_moment(field: Any, column: Every) -> bool:
    return isinstance(field, models.DateTimeField) and column.value is not None


def _seconds(column: Any) -> Any:
    return np.asarray(column, dtype=np.int64).astype("datetime64[s]")


def _copied(model: type[models.Model], fields: Sequence[Any], cells: Sequence[Cells], count: int) -> None:
    arrays = [_arrow(field, column, count) for field, column in zip(fields, cells, strict=True)]
    table = pa.table(arrays, names=[field.column for field in fields])
    text = io.BytesIO()
    pyarrow.csv.write_csv(table, text, pyarrow.csv.WriteOptions(include_header=False))
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {_head(model, fields)} FROM STDIN (FORMAT csv)") as copy:
            copy.write(text.getbuffer())
        if any(field.primary_key for field in fields):
            # The next key the database makes itself comes after those given here.
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)


def _arrow(field: Any, column: Cells, count: int) -> Any:
    if isinstance(column, Every):
        value = _seconds(column.value).item() if _is_moment(field, column) else column.value
        return pa.array([value] * count)
    if isinstance(field, models.DateTimeField):
        return pa.array(_seconds(column))
    if isinstance(field, models.BinaryField):
        return pa.array([None if cell is None else f"\\x{bytes(cell).hex()}" for cell in column])
    return pa.array(column)

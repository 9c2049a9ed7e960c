"""Tables written to Parquet in a stream: memory does not grow with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models

from clothier.kernel import columns


@dataclass(frozen=True, slots=True)
class Extract:
    """Columns of a table, by the model's attribute names; `where` is a condition of our own writing."""

    model: type[models.Model]
    columns: tuple[str, ...]
    where: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[Any]:
        known: dict[str, Any] = {field.attname: field for field in self.model._meta.concrete_fields}
        return [known[name] for name in self.columns]


def write(extract: Extract, folder: Path) -> int:
    """Write a table to `folder/<its name>/`; how many rows. As it is while it is read: tables do not wait for another.

    Moments are UTC without a zone, so that no engine shifts them.
    """
    import pyarrow as pa  # Arrow is for who writes snapshots, not for who says what would be in one.
    import pyarrow.parquet as pq

    home = folder / extract.table
    home.mkdir(parents=True)
    schema = pa.schema([(field.column, _kind(field)) for field in extract.fields])
    count = 0
    with pq.ParquetWriter(home / "part-0.parquet", schema, compression="zstd") as file:
        for rows in _rows(extract):
            file.write_table(_table(rows, schema))
            count += len(rows)
    return count


def _rows(extract: Extract) -> Iterator[list[tuple[Any, ...]]]:
    told = ", ".join(_asked(field) for field in extract.fields)
    where = f" WHERE {extract.where}" if extract.where else ""
    return columns.stream(f"SELECT {told} FROM {columns.table(extract.model)}{where}")  # noqa: S608 - our own names


def _asked(field: Any) -> str:
    return columns.instant(str(field.column)) if isinstance(field, models.DateTimeField) else str(field.column)


def _table(rows: Sequence[tuple[Any, ...]], schema: Any) -> Any:
    import pyarrow as pa

    cells = zip(*rows, strict=True)
    # Through what the driver gave: SQLite tells moments as text and truth as a number.
    return pa.table([pa.array(cell).cast(kind.type) for cell, kind in zip(cells, schema, strict=True)], schema=schema)


def _kind(field: Any) -> Any:
    import pyarrow as pa

    target = field.target_field if field.is_relation else field
    if isinstance(target, models.DateTimeField):
        return pa.timestamp("us")
    if isinstance(target, models.BooleanField):
        return pa.bool_()
    if isinstance(target, models.FloatField):
        return pa.float64()
    return pa.int64() if isinstance(target, models.IntegerField) else pa.string()

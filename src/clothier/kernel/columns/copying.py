"""Columns as the text of COPY, which Arrow writes: loaded only where PostgreSQL takes columns."""

from typing import Any

import pyarrow as pa
import pyarrow.csv
from django.db import models

from clothier.kernel.columns.cells import Cells, Every, is_moment, seconds_of


def copied(told: dict[Any, Cells], count: int) -> memoryview:
    """CSV without a head; an empty cell is NULL, an empty text stands in quotes."""
    arrays = [_array(field, cells, count) for field, cells in told.items()]
    text = pa.BufferOutputStream()
    plain = pyarrow.csv.WriteOptions(include_header=False)
    pyarrow.csv.write_csv(pa.table(arrays, names=[field.column for field in told]), text, plain)
    return memoryview(text.getvalue())


def _array(field: Any, cells: Cells, count: int) -> Any:
    if isinstance(cells, Every):
        (value,) = _array(field, [cells.value], 1)
        return pa.repeat(value, count)
    if is_moment(field):
        # In UTC without saying so, which is the session's zone: Arrow takes a microsecond to write one.
        return seconds_of(cells) if hasattr(cells, "dtype") else pa.array(cells).cast(pa.timestamp("us"))
    if isinstance(field, models.BinaryField):
        return pa.array([None if cell is None else f"\\x{bytes(cell).hex()}" for cell in cells])
    return pa.array(cells)

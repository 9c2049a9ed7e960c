"""What a column may be, and how its values travel to the driver."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import connection, models

from clothier.kernel.columns.moments import stamp, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

Cells: TypeAlias = "Sequence[Any] | NDArray[Any] | Every"
Columns: TypeAlias = "Mapping[str, Cells]"


@dataclass(frozen=True, slots=True)
class Every:
    """The same value in every row."""

    value: Any


def given(model: type[models.Model], columns: Columns) -> dict[Any, Cells]:
    """The columns by their fields. Raises KeyError for a name the model does not have."""
    known = _fields(model)
    return {known[name]: cells for name, cells in columns.items()}


@cache
def _fields(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}


def complete(model: type[models.Model], columns: Columns) -> dict[Any, Cells]:
    """As `given`, with what fields have by default where they may not be empty and are left out.

    What says the same in every row is said once: most of a batch's columns do, empty ones among them.
    """
    told = given(model, columns)
    for field, cells in told.items():
        if isinstance(cells, list | tuple) and cells[0] == cells[-1] and cells.count(cells[0]) == len(cells):
            told[field] = Every(cells[0])
    left: list[Any] = [field for field in model._meta.concrete_fields if field not in told and not field.null]
    return told | {field: Every(_default(field)) for field in left}


def plain(field: Any, cells: Any, count: int) -> Iterable[Any]:
    """A column's values as drivers take them one by one."""
    if isinstance(cells, Every):
        return repeat(once(field, cells), count)
    array = hasattr(cells, "dtype")
    if is_moment(field) and connection.vendor == "sqlite":
        return seconds_of(cells).cast("string").to_pylist() if array else map(written, cells)
    listed: Iterable[Any] = cells.tolist() if array else cells
    return listed


def once(field: Any, cells: Every) -> Any:
    return stamp(cells.value) if is_moment(field) else cells.value


def _default(field: Any) -> Any:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    return value.value if isinstance(value, Enum) else value


def is_moment(field: Any) -> bool:
    return isinstance(field, models.DateTimeField)


def seconds_of(cells: Any) -> Any:
    """An array of seconds as Arrow's moments."""
    import pyarrow as pa  # Loaded only where there are arrays.

    return pa.array(cells.astype("datetime64[s]"))

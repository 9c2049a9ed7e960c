"""How rows of a model travel to the database: column by column, each value as the driver wants it.

A verb's few rows are placeholders in a statement that the database keeps prepared. Of many, SQLite takes one prepared
statement many times, and PostgreSQL all rows as one JSON parameter: one plan whatever their number, and a fifth of the
time that as many placeholders would cost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from pydantic_core import to_json

from clothier.kernel.columns.moments import written

# Up to here all rows go into one statement on SQLite; beyond, one prepared statement many times is quicker.
FEW = 64
# Up to here they do on PostgreSQL, which plans as many statements as there are numbers of rows. What it changes by a
# JSON of a row it plans for a hundred of them, and walks a table of ten thousand for one.
HANDFUL = 8
Prepare = Callable[[Any], Any]
_Readers = tuple[tuple[Callable[[Any], Any], Prepare | None], ...]
_PLAIN = (
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
    models.BinaryField,
    models.DateTimeField,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Some columns of one model: their quoted names, their types, and how a value gets from a row to the driver."""

    table: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    readers: _Readers
    jsoned: _Readers

    @property
    def columns(self) -> str:
        return ", ".join(self.names)

    @property
    def head(self) -> str:
        return f"INSERT INTO {self.table} ({self.columns}) "

    @property
    def marks(self) -> str:
        return ", ".join(["%s"] * len(self.names))

    @property
    def recordset(self) -> str:
        """The rows of a JSON parameter as a table `v` (PostgreSQL)."""
        typed = ", ".join(f"{name} {type_}" for name, type_ in zip(self.names, self.types, strict=True))
        return f"json_to_recordset(%s::json) AS v({typed})"

    def values(self, rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
        """The rows' values, ready for the driver."""
        return _read(self.readers, rows)

    def json(self, rows: Sequence[models.Model]) -> str:
        """The rows as one JSON parameter."""
        names = [name.strip('"') for name in self.names]
        return to_json([dict(zip(names, row, strict=True)) for row in _read(self.jsoned, rows)]).decode()


def _read(readers: _Readers, rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
    """A column at a time: the loops run in C."""
    columns = []
    for read, prepare in readers:
        column = map(read, rows)
        columns.append(map(prepare, column) if prepare else column)
    return list(zip(*columns, strict=True))


@cache
def shape(model: type[models.Model], attributes: tuple[str, ...] | None = None) -> Shape:
    """The columns with these names (`visit` or `visit_id`); else all but a key that the database makes."""
    meta = model._meta
    fields: list[Any] = [meta.get_field(name) for name in attributes or ()]
    if attributes is None:
        fields = [field for field in meta.concrete_fields if field is not made_key(model)]
    quote = connection.ops.quote_name
    return Shape(
        table=quote(meta.db_table),
        names=tuple(quote(field.column) for field in fields),
        types=tuple(_type(field) for field in fields),
        readers=tuple((attrgetter(field.attname), _prepare(field)) for field in fields),
        jsoned=tuple((attrgetter(field.attname), _jsoned(field)) for field in fields),
    )


def cells(model: type[models.Model], rows: Sequence[models.Model]) -> dict[str, list[Any]]:
    """The rows as columns, without a key that the database makes."""
    told: dict[str, list[Any]] = {}
    for name, prepare in _columns(model):
        column = map(attrgetter(name), rows)
        told[name] = list(map(prepare, column) if prepare else column)
    return told


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, Prepare | None]]:
    """Attributes, and what their values need before `columns.insert` takes them: JSON is text, choices are values."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if field is not made_key(model)]
    return [(field.attname, _celled(field)) for field in fields]


@cache
def made_key(model: type[models.Model]) -> Any:
    """The key field whose values the database makes; None where rows bring their own."""
    key = model._meta.pk
    return key if isinstance(key, models.AutoField) else None


def _type(field: Any) -> str:
    """Without its length: one that is too long is refused by the column, not cut to fit."""
    name: str = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return name.partition("(")[0]


def _prepare(field: Any) -> Prepare | None:
    """What a value of this field needs before the driver takes it; None when it needs nothing."""
    if isinstance(field, models.DateTimeField):
        return written if connection.vendor == "sqlite" else None
    return _celled(field)


def _celled(field: Any) -> Prepare | None:
    """What it needs before `columns.insert` takes it: JSON is text, choices are values."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.CharField | models.TextField):
        return _text
    if connection.vendor == "postgresql" or isinstance(field, _PLAIN):
        return None
    return lambda value: field.get_db_prep_save(value, connection=connection)


def _jsoned(field: Any) -> Prepare | None:
    return _hex if isinstance(field, models.BinaryField) else None


def _text(value: Any) -> str | None:
    """A member of TextChoices is written as its value."""
    return value if value is None or value.__class__ is str else str(value)


def _json(value: Any) -> str | None:
    return None if value is None else to_json(value).decode()


def _hex(value: Any) -> str | None:
    return None if value is None else f"\\x{bytes(value).hex()}"

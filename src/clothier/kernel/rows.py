"""Inserting many rows: what bulk_create does, with each column prepared once instead of each value anew.

Django resolves and checks every value of every row as an expression of its own, which costs ten times what the
database takes. Histories, imports and the event log insert plain values by the hundred thousand; this is for them.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

# Parameters of one statement on PostgreSQL stay well below the protocol's 65 535.
_PARAMETERS = 30_000
# Below this, one statement of bulk_create is as quick.
FEW = 16
_PLAIN = (models.IntegerField, models.FloatField, models.BooleanField, models.ForeignKey, models.BinaryField)
Prepare = Callable[[Any], Any] | None


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model and give them their keys.

    Values are taken as they are: no defaults of the database, no auto_now. Raises IntegrityError like bulk_create; who
    wants to go on in the same transaction after one sets a savepoint.
    """
    if len(rows) < FEW:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
        return
    meta = type(rows[0])._meta
    key: Any = meta.pk
    made = isinstance(key, models.AutoField)
    fields: list[Any] = [field for field in meta.concrete_fields if not (made and field is key)]
    readers = [(field.attname, _prepare(field)) for field in fields]
    values = [
        [prepare(getattr(row, name)) if prepare else getattr(row, name) for name, prepare in readers] for row in rows
    ]
    quote = connection.ops.quote_name
    head = f"INSERT INTO {quote(meta.db_table)} ({', '.join(quote(field.column) for field in fields)}) VALUES "  # noqa: S608 - names of our own tables
    # The keys of SQLite are only known to be consecutive while nobody else can write.
    with transaction.atomic(savepoint=False):
        keys = _sqlite(head, values) if connection.vendor == "sqlite" else _returning(head, values, quote(key.column))
    for row, value in zip(rows, keys, strict=True):
        if made:
            row.pk = value
        row._state.adding, row._state.db = False, connection.alias


def _sqlite(head: str, values: list[list[Any]]) -> Sequence[int]:
    """One prepared statement for all. The writer is alone in its transaction, so the keys it made are consecutive."""
    marks = ", ".join(["%s"] * len(values[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"{head}({marks})", values)
        cursor.execute("SELECT last_insert_rowid()")
        last: int = cursor.fetchone()[0]
    return range(last - len(values) + 1, last + 1)


def _returning(head: str, values: list[list[Any]], key: str) -> Sequence[int]:
    size = max(1, _PARAMETERS // len(values[0]))
    marks = f"({', '.join(['%s'] * len(values[0]))})"
    keys: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(values), size):
            chunk = values[start : start + size]
            statement = f"{head}{', '.join([marks] * len(chunk))} RETURNING {key}"
            cursor.execute(statement, [value for row in chunk for value in row])
            keys.extend(found for (found,) in cursor.fetchall())
    return keys


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

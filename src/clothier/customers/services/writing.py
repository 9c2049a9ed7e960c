"""Many rows with different values, written in one round to the driver.

Django's bulk_update builds a CASE of every row for every column: 25 s for the profiles of 60 000 order lines, where the
same updates sent as one prepared statement take a fraction of a second.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def write_columns(rows: Iterable[models.Model], columns: Sequence[str]) -> int:
    """UPDATE these columns (attribute names) of rows of one model, by primary key; how many rows."""
    todo = list(rows)
    if not todo:
        return 0
    meta = todo[0]._meta
    fields: list[Any] = [meta.get_field(column) for column in columns]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key: Any = meta.pk
    statement = f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(key.column)} = %s"  # noqa: S608
    values = [[*(_value(field, row) for field in fields), _value(key, row)] for row in todo]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
    return len(todo)


def _value(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection=connection)

"""Moments on their way into statements and out of them."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection


def stamp(moment: datetime | None) -> Any:
    """A moment as the driver takes it."""
    return moment if connection.vendor == "postgresql" else written(moment)


# One moment is written to several tables: the order's, its event's, the profile's.
@lru_cache(maxsize=16_384)
def written(moment: datetime | None) -> str | None:
    """As Django writes it to SQLite: UTC, without a zone."""
    if moment is None:
        return None
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(" ")[:-6]


def instant(column: str) -> str:
    """A moment's column in a statement, so that `read` gives what `moment_of` takes, without conversion in between."""
    return column if connection.vendor == "postgresql" else f"CAST({column} AS text)"


def moment(told: Any) -> datetime:
    """The aware moment of what `instant` read."""
    return datetime.fromisoformat(f"{told}+00:00") if isinstance(told, str) else told.astimezone(UTC)


def moment_of(told: Any) -> datetime | None:
    """As `moment`, where there may be none."""
    return None if told is None else moment(told)


def seconds(column: str) -> str:
    """A moment's column in a statement as whole seconds since 1970."""
    if connection.vendor == "postgresql":
        return f"FLOOR(EXTRACT(EPOCH FROM {column}))::bigint"
    return f"CAST(strftime('%%s', {column}) AS INTEGER)"


def micros(column: str, instead: int) -> str:
    """A moment in a statement as microseconds since 1970; `instead` where there is none."""
    if connection.vendor == "postgresql":
        return f"COALESCE((EXTRACT(EPOCH FROM {column}) * 1000000)::bigint, {instead:d})"
    # Django writes microseconds only where there are some.
    part = f"CAST(substr(substr({column}, 21) || '000000', 1, 6) AS INTEGER)"
    return f"COALESCE(CAST(strftime('%%s', {column}) AS INTEGER) * 1000000 + {part}, {instead:d})"

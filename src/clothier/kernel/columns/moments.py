"""Moments on their way into statements and out of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import connection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# NumPy is for those who have arrays; a web process that writes a few columns does without.
Ints: TypeAlias = "NDArray[np.int64]"
# A moment that never came: NumPy's "not a time" as a number.
NEVER = -(2**63)


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


def micros(told: Sequence[Any]) -> "Ints":
    """Many of what `instant` read as microseconds since 1970, NEVER for none."""
    import pyarrow as pa  # Loaded only where there are so many.

    found: Ints = pa.array(told).cast(pa.timestamp("us")).cast(pa.int64()).fill_null(NEVER).to_numpy()
    return found

"""Moments read once: the driver hands them over aware, where Django parses each and then looks at it a second time."""

from datetime import datetime
from typing import Any

from django.db.backends.sqlite3 import operations


def moment(told: bytes) -> datetime:
    """The aware moment of a column's text, which Django writes in UTC, without a zone."""
    # Read with its zone: `replace` takes five times as long.
    return datetime.fromisoformat(f"{told.decode()}+00:00")


class DatabaseOperations(operations.DatabaseOperations):
    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What a function makes of a moment still comes as text."""
        if isinstance(value, datetime) and value.tzinfo:
            return value
        return super().convert_datetimefield_value(value, expression, connection)

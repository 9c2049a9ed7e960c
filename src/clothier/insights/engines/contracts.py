"""What an analysis asks of an engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

# Takes the columns of a statement as an Arrow batch and gives the columns of the answer as another.
Step = Callable[[Any], Any]


class NoEngine(Exception):
    """The engine is not on this machine; the message says what is missing."""


class Engine(Protocol):
    @property
    def dialect(self) -> str:
        """How sqlglot calls the engine's SQL."""

    def ask(self, asked: Any) -> list[tuple[Any, ...]]:
        """The rows of a QuerySet that asks for values."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of SQL in the engine's dialect."""

    def write(self, sql: str, step: Step, schema: Any, folder: Path) -> None:
        """Put every batch of its rows through a step and write what comes out to Parquet files."""

    def close(self) -> None: ...

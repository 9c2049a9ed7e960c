"""The shop's own database as an engine: nothing to copy, and always as of now."""

from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from clothier.insights.engines.contracts import Step
from clothier.kernel import columns


class Live:
    @property
    def dialect(self) -> str:
        return "postgres" if connection.vendor == "postgresql" else "sqlite"

    def ask(self, asked: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
        # As it is: reading the statement to say it again takes three times as long as its answer.
        return list(asked)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return columns.read(sql.replace("%", "%%"))

    def write(self, sql: str, step: Step, schema: Any, folder: Path) -> None:
        import pyarrow as pa  # Slow to import, and no page writes such files.
        import pyarrow.parquet as pq

        folder.mkdir(parents=True)
        with pq.ParquetWriter(folder / "part-0.parquet", schema) as file:
            for rows in columns.stream(sql.replace("%", "%%")):
                cells = [pa.array(column) for column in zip(*rows, strict=True)]
                file.write_batch(step(pa.record_batch(cells, names=[str(n) for n in range(len(cells))])))

    def close(self) -> None:
        """Nothing was opened."""

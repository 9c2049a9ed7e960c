"""DuckDB in the process, over a snapshot."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from django.db.models import QuerySet

from clothier.insights.engines.contracts import Step
from clothier.insights.engines.dialects import statement

BATCH = 100_000


class Duck:
    dialect = "duckdb"

    def __init__(self, snapshot: Path) -> None:
        self._session = duckdb.connect()
        for table in sorted(snapshot.iterdir()):
            files = str(table / "*.parquet").replace("'", "''")
            self._session.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{files}')")  # noqa: S608

    def ask(self, asked: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
        return self.rows(statement(asked, self.dialect))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._session.execute(sql).fetchall()

    def write(self, sql: str, step: Step, schema: Any, folder: Path) -> None:
        folder.mkdir(parents=True)
        with pq.ParquetWriter(folder / "part-0.parquet", schema) as file:
            for batch in self._session.sql(sql).to_arrow_reader(BATCH):
                file.write_batch(step(batch))

    def close(self) -> None:
        self._session.close()

"""Apache Spark over a snapshot: for chains that one machine is too small for. An extra: `clothier[spark]`."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from clothier.insights.engines.contracts import NoEngine, Step
from clothier.insights.engines.dialects import statement


class Spark:
    dialect = "spark"

    def __init__(self, snapshot: Path, *, master: str = "local[*]") -> None:
        """Raises NoEngine."""
        self._session = _session(master)
        for table in sorted(snapshot.iterdir()):
            self._session.read.parquet(str(table)).createOrReplaceTempView(table.name)

    def ask(self, asked: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
        return self.rows(statement(asked, self.dialect))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(sql).collect()]

    def write(self, sql: str, step: Step, schema: Any, folder: Path) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        def each(batches: Iterator[Any]) -> Iterator[Any]:
            return (step(batch) for batch in batches)

        told = self._session.sql(sql).mapInArrow(each, from_arrow_schema(schema))
        told.write.parquet(str(folder))

    def close(self) -> None:
        self._session.stop()


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoEngine("pyspark is not installed: pip install 'clothier[spark]'") from None
    if shutil.which("java") is None:
        raise NoEngine("Spark needs Java 17 or later on the path (Debian: default-jre-headless)")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark would take the first python3 on the path.
    building = SparkSession.builder.master(master).appName("clothier")
    for key, value in _SETTINGS.items():
        building = building.config(key, value)
    session = building.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


# Local addresses, no page of its own; moments are as they were written.
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
}

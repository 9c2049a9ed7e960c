"""Retention of the log: the oldest events leave it for Parquet files, which any tool reads (docs/adr/0013)."""

import os
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection
from django.db.models import Min

from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import columns

# Events to a file, which is built in memory, and to a deletion, which keeps writers waiting.
AT_ONCE, BLOCK = 200_000, 10_000
_MOMENT = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema([
    ("id", pa.int64()), ("type", pa.string()), ("version", pa.int16()), ("subject_kind", pa.string()),
    ("subject_id", pa.int64()), ("customer_id", pa.int64()), ("store_id", pa.int64()), ("actor_id", pa.int64()),
    ("occurred_at", _MOMENT), ("recorded_at", _MOMENT), ("key", pa.string()), ("payload", pa.string()),
])  # fmt: skip


def archive(before: datetime, *, folder: Path) -> int:
    """Move the oldest events recorded before a moment into a file; how many left the log, 0 when none are left to.

    The file is read back and on the disk before anything is deleted. Killed in between, the next call goes on: what a
    file holds is deleted, not written again. Events that a handler has yet to see stay, and all after them.
    """
    first = Entry.objects.aggregate(first=Min("id"))["first"]
    if first is None:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    last = _written(folder, first)
    if last is None:
        rows = _oldest(before)
        if not rows:
            return 0
        last = rows[-1][0]
        _write(folder / f"events-{first:015d}-{last:015d}.parquet", rows)
    return _delete(first, last)


def _oldest(before: datetime) -> list[tuple[Any, ...]]:
    names = ", ".join(
        columns.instant(field.name) if field.type == _MOMENT else connection.ops.quote_name(field.name)
        for field in SCHEMA
    )
    waiting = Delivery.objects.aggregate(entry=Min("entry_id"))["entry"]
    rows = columns.read(f"SELECT {names} FROM {columns.table(Entry)} ORDER BY id LIMIT %s", [AT_ONCE])  # noqa: S608
    recorded = SCHEMA.get_field_index("recorded_at")
    return list(
        takewhile(lambda row: columns.moment(row[recorded]) < before and (waiting is None or row[0] < waiting), rows)
    )


def _write(path: Path, rows: list[tuple[Any, ...]]) -> None:
    cells = [
        [columns.moment(cell) for cell in column] if field.type == _MOMENT else column
        for field, column in zip(SCHEMA, zip(*rows, strict=True), strict=True)
    ]
    table = pa.table([pa.array(column, field.type) for field, column in zip(SCHEMA, cells, strict=True)], schema=SCHEMA)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    if not pq.read_table(draft).equals(table):
        raise OSError(f"{draft} does not hold what was written to it")
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _written(folder: Path, entry: int) -> int | None:
    """The last event of the file that holds this one; None when none does."""
    for path in folder.glob("events-*-*.parquet"):
        first, last = map(int, path.stem.split("-")[1:])
        if first <= entry <= last:
            return last
    return None


def _delete(first: int, last: int) -> int:
    gone = 0
    with connection.cursor() as cursor:
        for low in range(first, last + 1, BLOCK):
            span = [low, min(low + BLOCK - 1, last)]
            cursor.execute(f"DELETE FROM {columns.table(Entry)} WHERE id BETWEEN %s AND %s", span)  # noqa: S608
            gone += cursor.rowcount
    return gone

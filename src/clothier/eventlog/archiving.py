"""Retention of the log: the oldest events leave it for Parquet files, which any tool reads (docs/adr/0013)."""

import os
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
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

    The file is on the disk and read back before anything is deleted. Killed in between, the next call goes on: what a
    file holds is deleted, not written again. Events that a handler has yet to see stay, and all after them.
    """
    rows = _oldest(before)
    if not rows:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    moved = _table(rows)
    first, last = rows[0][0], rows[-1][0]
    if (kept := _kept(folder, first)) is not None:
        # Written before and not all deleted; the same ids may also be of another shop, whose folder this once was.
        kept = kept.slice(max(pc.index(kept["id"], first).as_py(), 0))
        moved = moved.slice(0, kept.num_rows)
        if not kept.slice(0, moved.num_rows).equals(moved):
            raise OSError(f"{folder} holds other events under the same numbers: move them away")
        last = moved["id"][-1].as_py()
    else:
        _write(folder / f"events-{first:015d}-{last:015d}.parquet", moved)
    return _delete(first, last)


def _oldest(before: datetime) -> list[tuple[Any, ...]]:
    names = ", ".join(
        columns.instant(field.name) if field.type == _MOMENT else connection.ops.quote_name(field.name)
        for field in SCHEMA
    )
    first = Entry.objects.order_by("id").values_list("recorded_at", flat=True).first()
    if first is None or first >= before:
        return []
    waiting = Delivery.objects.aggregate(entry=Min("entry_id"))["entry"]
    rows = columns.read(f"SELECT {names} FROM {columns.table(Entry)} ORDER BY id LIMIT %s", [AT_ONCE])  # noqa: S608
    recorded = SCHEMA.get_field_index("recorded_at")
    return list(
        takewhile(lambda row: columns.moment(row[recorded]) < before and (waiting is None or row[0] < waiting), rows)
    )


def _table(rows: list[tuple[Any, ...]]) -> pa.Table:
    cells = [
        [columns.moment(cell) for cell in column] if field.type == _MOMENT else column
        for field, column in zip(SCHEMA, zip(*rows, strict=True), strict=True)
    ]
    return pa.table([pa.array(column, field.type) for field, column in zip(SCHEMA, cells, strict=True)], schema=SCHEMA)


def _write(path: Path, table: pa.Table) -> None:
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


def _kept(folder: Path, entry: int) -> pa.Table | None:
    """What the file holds that has this event in it; None when none has."""
    for path in folder.glob("events-*-*.parquet"):
        first, last = map(int, path.stem.split("-")[1:])
        if first <= entry <= last:
            return pq.read_table(path)
    return None


def _delete(first: int, last: int) -> int:
    gone = 0
    with connection.cursor() as cursor:
        for low in range(first, last + 1, BLOCK):
            span = [low, min(low + BLOCK - 1, last)]
            cursor.execute(f"DELETE FROM {columns.table(Entry)} WHERE id BETWEEN %s AND %s", span)  # noqa: S608
            gone += cursor.rowcount
    return gone

"""The member's statement: what moved points, newest first, a page at a time however long it is."""

from datetime import datetime
from typing import Any

from clothier.customers.selectors import records_of
from clothier.kernel import columns
from clothier.loyalty.contracts import EntryKind, StatementRow
from clothier.loyalty.models import Entry

Place = tuple[datetime, int]
# Lines of one document are told as one; an order seldom has more.
_LINES = 4


def statement(
    customer: int, *, before: Place | None = None, limit: int = 30
) -> tuple[list[StatementRow], Place | None]:
    """What happened before a place (None: up to now), and the place where the next page begins (None: it is over).

    The lines of one order are one row. Settling between a person's own lots is not told: it adds up to nothing.
    """
    told = _entries(customer, before, limit * _LINES)
    rows: list[StatementRow] = []
    places: list[Place] = []
    for pk, kind, source, document, points, at in told:
        last = rows[-1] if rows else None
        if last and (last.kind, last.source, last.document, last.occurred_at) == (kind, source, document, at):
            rows[-1] = StatementRow(pk, kind, source, document, last.points + points, at)
            places[-1] = (at, pk)
        elif len(rows) == limit:
            return rows, places[-1]
        else:
            rows.append(StatementRow(pk, kind, source, document, points, at))
            places.append((at, pk))
    if len(told) < limit * _LINES:
        return rows, None
    # The last one may go on in what was not read, so it begins the next page, unless there is nothing else.
    return (rows[:-1], places[-2]) if len(rows) > 1 else (rows, places[-1])


def _entries(customer: int, before: Place | None, limit: int) -> list[tuple[int, str, str, str, int, datetime]]:
    """Each record's newest by its index, then the newest of all: no sorting of a whole history."""
    told: list[tuple[Any, ...]] = []
    for record in records_of(customer):
        told += _of_record(record, before, limit)
    told.sort(key=lambda row: (row[5], row[0]), reverse=True)
    return told[:limit]


def _of_record(record: int, before: Place | None, limit: int) -> list[tuple[Any, ...]]:
    when = columns.instant("occurred_at")
    older, values = ("AND (occurred_at, id) < (%s, %s)", [columns.stamp(before[0]), before[1]]) if before else ("", [])
    rows = columns.read(
        f"SELECT id, kind, source, document, points, {when} FROM {columns.table(Entry)} "  # noqa: S608
        f"WHERE customer_id = %s {older} AND kind <> %s ORDER BY occurred_at DESC, id DESC LIMIT {limit:d}",
        [record, *values, EntryKind.SETTLE.value],
    )
    return [(*row[:5], columns.moment(row[5])) for row in rows]

"""Rows into batches: grouped into units, read into facts, refusals set apart. Nothing is written here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import Any

from clothier.imports.contracts import CellRefused, Plainly, Rejection, Row, gettext_noop
from clothier.imports.kinds.base import Loader, RowsRefused, Sums, Unit

# Small enough that the database is never held for long, large enough that a batch costs little.
ROWS = 4000
# An order of more lines than this is taken in parts, so that memory has a bound.
LONGEST_UNIT = 20_000


@dataclass(slots=True)
class Batch:
    """Rows read together: units to save, and rows refused before saving, each with what it would have added."""

    rows: int = 0
    units: list[Unit[Any]] = field(default_factory=list)
    refused: list[tuple[list[Rejection], Sums]] = field(default_factory=list)


def batches(rows: Iterator[Row], loader: Loader[Any], width: int) -> Iterator[Batch]:
    """The rest of the file, batch by batch; a unit is never torn between two."""
    groups = _groups((_fitted(row, width) for row in rows), loader)
    while first := next(groups, None):
        gathered, count = [first], len(first)
        while count < ROWS and (group := next(groups, None)):
            gathered.append(group)
            count += len(group)
        yield _read(gathered, count, loader)


def _groups(rows: Iterator[Row], loader: Loader[Any]) -> Iterator[list[Row]]:
    for key, group in groupby(rows, key=loader.key):
        if key == "":
            yield from ([row] for row in group)
            continue
        while part := list(islice(group, LONGEST_UNIT)):
            yield part


def _read(groups: list[list[Row]], count: int, loader: Loader[Any]) -> Batch:
    batch = Batch(rows=count)
    loader.prepare(list(chain.from_iterable(groups)))
    for rows, ready in zip(groups, loader.units(groups), strict=True):
        if ready:
            batch.units.append(ready)
            continue
        sums = loader.sums(rows)
        try:
            if broken := [(row, row.problem) for row in rows if row.problem]:
                raise RowsRefused(broken)
            batch.units.append(Unit(rows, loader.convert(rows), sums))
        except RowsRefused as refusal:
            batch.refused.append((rejections(rows, refusal.reasons), sums))
    return batch


def rejections(rows: list[Row], reasons: list[tuple[Row, CellRefused]]) -> list[Rejection]:
    """Every row of a unit with its own reason, or with that of the row that brought it down."""
    own = {row.line: reason for row, reason in reasons}
    first = next(iter(own))
    carried = Plainly(gettext_noop("同一单的第 %(line)s 行有误，整单未导入"), line=first)
    return [Rejection(row, own.get(row.line, carried)) for row in rows]


def _fitted(row: Row, width: int) -> Row:
    """The row with exactly as many cells as the header, and an empty one for the columns the file lacks."""
    cells = row.cells
    surplus = len(cells) - width
    if surplus > 0:
        if any(cells[width:]) and not row.problem:
            return Row(
                row.line, [*cells[:width], ""], CellRefused(gettext_noop("单元格比表头多，可能有未加引号的分隔符"))
            )
        del cells[width:]
    elif surplus < 0:
        cells.extend([""] * -surplus)
    cells.append("")
    return row

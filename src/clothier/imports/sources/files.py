"""One door to every file: what it is, where its header is, its first rows, all its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from clothier.imports.contracts import Column, Dialect, FileRefused, Row, gettext_noop
from clothier.imports.rules import headers
from clothier.imports.sources import delimited, workbook
from clothier.imports.sources.delimited import TextReader
from clothier.imports.sources.opening import nature
from clothier.imports.sources.workbook import SheetReader

SAMPLE = 200
# Titles and remarks that people put above their tables.
HEADER_WITHIN = 12


def reader(path: Path, dialect: Dialect) -> TextReader | SheetReader:
    """All rows from the first line on, header and titles included."""
    return SheetReader(path, dialect) if dialect.sheet else TextReader(path, dialect)


def inspect(path: Path, columns: Sequence[Column]) -> tuple[Dialect, list[str], list[Row]]:
    """How the file is written, its header, and its first rows. Raises FileRefused when there is no table in it."""
    dialect = workbook.sniff(path) if nature(path).sort == "workbook" else delimited.sniff(path)
    source = reader(path, dialect)
    try:
        rows = [row for row in islice(source, SAMPLE + HEADER_WITHIN) if any(row.cells)]
    finally:
        source.close()
    if not rows:
        raise FileRefused(gettext_noop("文件里没有内容"))
    # The header is the early row that names most of what we look for.
    header = max(rows[:HEADER_WITHIN], key=lambda row: (len(headers.guess(row.cells, columns)), -row.line))
    below = [row for row in rows if row.line > header.line]
    return replace(dialect, header_line=header.line), [cell.strip() for cell in header.cells], below[:SAMPLE]


def rows(source: TextReader | SheetReader, dialect: Dialect) -> Iterator[Row]:
    """The records under the header; lines without any content are passed over."""
    return (row for row in source if row.line > dialect.header_line and any(row.cells))

"""Workbooks (.xlsx): the first sheet with anything on it, cell by cell as text."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from clothier.imports.contracts import Dialect, FileRefused, Row, gettext_noop
from clothier.imports.sources.opening import nature


def sniff(path: Path) -> Dialect:
    """The sheet to read: the first that holds a row."""
    book = _open(path)
    for name in book.sheet_names:
        if book.get_sheet_by_name(name).total_height:
            return Dialect(sheet=name)
    raise FileRefused(gettext_noop("表格是空的"))


class SheetReader:
    """The rows of a sheet in order. The library reads the sheet as a whole; the size was bounded before."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        nature(path)
        self._sheet = _open(path).get_sheet_by_name(dialect.sheet)
        self._height = max(self._sheet.total_height, 1)
        self._line = 0

    @property
    def share(self) -> float:
        return min(self._line / self._height, 1.0)

    def close(self) -> None:
        self._line = self._height

    def __iter__(self) -> Iterator[Row]:
        # Rows above the first filled one are left out by the library but counted by whoever looks at the sheet.
        above = self._sheet.start[0] if self._sheet.start else 0
        for number, cells in enumerate(self._sheet.iter_rows(), start=above + 1):
            self._line = number
            yield Row(number, [_text(cell) for cell in cells])


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise FileRefused(gettext_noop("表格打不开，可能已损坏或有密码")) from error


def _text(cell: Any) -> str:
    """A cell as it would be written in a text file. A float is written as short as it is exact: 2.55, not 2.549999…"""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""

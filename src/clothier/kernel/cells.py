"""Rows of CSV files and workbooks that leave the house: no spreadsheet takes a cell for a formula (CWE-1236)."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel and its kin also take the full-width signs, and skip what goes before: tab, return, NUL.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_KEPT = (int, float, Decimal, date, type(None))
_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?$")


def cell(value: object) -> str:
    """A cell that is shown as text. Plain numbers, also negative ones, stay numbers."""
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.match(text) else text


def written(rows: Iterable[Iterable[object]]) -> str:
    """The rows as CSV."""
    text = StringIO(newline="")
    csv.writer(text).writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def workbook(title: str, rows: Iterable[Iterable[object]]) -> bytes:
    """The rows as the one sheet of an XLSX file: numbers and days stay what they are, all else is text."""
    from openpyxl import Workbook  # Slow to import, and few pages write one.

    book, held = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([value if isinstance(value, _KEPT) else cell(value) for value in row])
    book.save(held)
    return held.getvalue()

"""Rows of CSV files that leave the house: no spreadsheet takes a cell for a formula (CWE-1236)."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

# Excel and its kin also take the full-width signs, and skip what goes before: tab, return, NUL.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
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

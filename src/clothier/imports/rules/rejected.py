"""The file of refused rows: openable in a spreadsheet without running anything, importable again once corrected."""

import csv
import io
import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?$")


def safe(cell: str) -> str:
    """A cell no spreadsheet takes for a formula. Plain numbers, also negative ones, stay numbers."""
    if cell[:1] in "=+-@\t\r\0" and cell and not _NUMBER.match(cell):
        return "'" + cell
    return cell


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as UTF-8 CSV; what could not be decoded is written as it was."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", errors="surrogateescape")

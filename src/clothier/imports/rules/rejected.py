"""The file of refused rows: openable in a spreadsheet without running anything, importable again once corrected."""

from collections.abc import Sequence

from clothier.kernel import cells


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as UTF-8 CSV; what could not be decoded is written as it was."""
    return cells.written(rows).encode("utf-8", errors="surrogateescape")

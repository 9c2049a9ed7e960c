"""Which column of a file holds what, guessed from the header."""

import re
from collections.abc import Mapping, Sequence

from clothier.imports.contracts import Column

_NOISE = re.compile(r"[\s_\-./:：()（）\[\]【】#*]+")


def plain(header: str) -> str:
    """A header as it is compared: lower case, without blanks and marks. "Invoice No." and INVOICE_NO are invoiceno."""
    return _NOISE.sub("", header.strip().strip("\ufeff").lower())


def guess(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Column name → position in the file. Exact words first, then words contained; no position is given twice."""
    heads = [plain(cell) for cell in header]
    found: dict[str, int] = {}
    for matches in (_equal, _contained):
        for column in columns:
            if column.name in found:
                continue
            for word in _words(column):
                at = next((n for n, head in enumerate(heads) if n not in found.values() and matches(head, word)), None)
                if at is not None:
                    found[column.name] = at
                    break
    return found


def missing(found: Mapping[str, int], columns: Sequence[Column]) -> list[Column]:
    """The required columns that nothing in the file was found for."""
    return [column for column in columns if column.required and column.name not in found]


def _words(column: Column) -> list[str]:
    return [plain(word) for word in (column.name, column.title, *column.also)]


def _equal(head: str, word: str) -> bool:
    return head == word


def _contained(head: str, word: str) -> bool:
    # Short Latin words hide in others (id in paid); short Chinese words are whole notions.
    return word in head and (len(word) >= 4 or (len(word) >= 2 and not word.isascii()))

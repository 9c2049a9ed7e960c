"""Delimited text, row by row, in constant memory."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from clothier.imports.contracts import CellRefused, Dialect, FileRefused, Row, gettext_noop
from clothier.imports.rules import delimiters, encodings
from clothier.imports.sources.opening import HEAD, open_text
from clothier.imports.sources.pieces import Pieces

# A quote that is never closed would swallow the rest of the file into one cell.
MOST_LINES = 60
_DAMAGED = re.compile("[\ud800-\udfff\x00]")


def sniff(path: Path) -> Dialect:
    """How the text is written: encoding and delimiter, from its beginning. The header is found later."""
    opened = open_text(path)
    with opened.stream as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused(gettext_noop("文件是空的"))
    encoding = encodings.detect(head)
    if b"\0" in head and not encoding.startswith("utf-16"):
        raise FileRefused(gettext_noop("这不是文本文件，请另存为 CSV 或 XLSX 再导入"))
    lines = head.decode(encoding, errors="replace").splitlines(keepends=True)
    return Dialect(encoding=encoding, delimiter=delimiters.detect(lines[:200]))


class TextReader:
    """The rows of a text file in order, each with the number of its first line. `share` tells how far it is.

    The text comes in pieces of whole lines. A piece whose every record is one undamaged line, which is nearly all of
    them, is split at once; where a quote runs over lines or a character is damaged, the piece is read record by record.
    """

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self._dialect = dialect
        self._opened = open_text(path)
        self._text = io.TextIOWrapper(
            self._opened.stream, encoding=dialect.encoding, errors="surrogateescape", newline=""
        )
        self._pieces = Pieces(self._text)
        self._line = 0

    @property
    def share(self) -> float:
        return self._opened.share

    def close(self) -> None:
        self._text.close()

    def __iter__(self) -> Iterator[Row]:
        while piece := self._pieces.take():
            rows = self._at_once(piece)
            if rows is None:
                self._pieces.put_back(piece)
                yield from self._one_by_one()
            else:
                first = self._line + 1
                self._line += len(rows)
                for line, cells in enumerate(rows, first):
                    if cells:
                        yield Row(line, cells)

    def _at_once(self, piece: str) -> list[list[str]] | None:
        """The records of a piece, one a line; None where it is not as simple as that."""
        if (not piece.isascii() and _DAMAGED.search(piece)) or "\0" in piece or piece.count('"') % 2:
            return None
        reader = csv.reader(io.StringIO(piece, newline=""), delimiter=self._dialect.delimiter)
        try:
            rows = list(reader)
        except csv.Error:
            return None
        # A quote still open at the end has swallowed the end of its line.
        cut = rows and rows[-1] and rows[-1][-1].endswith(("\r", "\n"))
        return rows if reader.line_num == len(rows) and not cut else None

    def _one_by_one(self) -> Iterator[Row]:
        """The records of the piece at hand, and of as much of the next as the last of them needs."""
        while not self._pieces.between:
            held: list[str] = []
            reader = csv.reader(self._held(held), delimiter=self._dialect.delimiter)
            while cells := self._record(reader, held):
                yield Row(self._line + 1, cells, self._damage(held))
                self._line += len(held)
                held.clear()
                if self._pieces.between:
                    return
            if held:
                self._line += 1
                refusal = CellRefused(gettext_noop("引号没有闭合，或单元格过长"))
                yield Row(self._line, [held[0].rstrip("\r\n")], refusal)
                # What the quote swallowed is read again, as the records it is.
                self._pieces.put_back("".join(held[1:]))

    def _record(self, reader: Iterator[list[str]], held: list[str]) -> list[str] | None:
        """The next record that holds anything; None at the end, or with the lines that a quote ran away over."""
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                return None
            if cells is None or (len(held) > 1 and (len(held) > MOST_LINES or "".join(held).count('"') % 2)):
                return None
            if cells:
                return cells
            self._line += len(held)
            held.clear()

    def _held(self, held: list[str]) -> Iterator[str]:
        """The lines to come, kept while a record is being read."""
        while len(held) <= MOST_LINES and (text := self._pieces.line()):
            held.append(text)
            yield text

    def _damage(self, held: list[str]) -> CellRefused | None:
        for text in held:
            if (not text.isascii() or "\0" in text) and _DAMAGED.search(text):
                name = encodings.NAMES.get(self._dialect.encoding, self._dialect.encoding)
                return CellRefused(gettext_noop("含有无法按 %(encoding)s 读出的字符"), encoding=name)
        return None

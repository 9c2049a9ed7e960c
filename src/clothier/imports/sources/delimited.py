"""Delimited text, row by row, in constant memory."""

import csv
import io
import itertools
import re
from collections.abc import Generator, Iterator
from pathlib import Path

from clothier.imports.contracts import CellRefused, Dialect, FileRefused, Row, gettext_noop
from clothier.imports.rules import delimiters, encodings
from clothier.imports.sources.opening import HEAD, open_text

# A quote that is never closed would swallow the rest of the file into one cell.
MOST_LINES = 60
LONGEST_LINE = 1_000_000
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
    """The rows of a text file in order, each with the number of its first line. `share` tells how far it is."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self._dialect = dialect
        self._opened = open_text(path)
        self._text = io.TextIOWrapper(
            self._opened.stream, encoding=dialect.encoding, errors="surrogateescape", newline=""
        )

    @property
    def share(self) -> float:
        return self._opened.share

    def close(self) -> None:
        self._text.close()

    def __iter__(self) -> Iterator[Row]:
        source: Iterator[str] = iter(lambda: self._text.readline(LONGEST_LINE), "")
        line = 0
        while swallowed := (yield from self._until_runaway(source, line)):
            line, held = swallowed
            yield Row(line + 1, [held[0].rstrip("\r\n")], CellRefused(gettext_noop("引号没有闭合，或单元格过长")))
            source = itertools.chain(held[1:], source)
            line += 1

    def _until_runaway(self, source: Iterator[str], line: int) -> Generator[Row, None, tuple[int, list[str]] | None]:
        """Rows until the source ends, or until a quote runs away: then the line before it, and what it swallowed."""
        held: list[str] = []
        reader = csv.reader(_holding(source, held), delimiter=self._dialect.delimiter)
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                return line, list(held)
            if cells is None:
                return None
            if len(held) > 1 and (len(held) > MOST_LINES or "".join(held).count('"') % 2):
                return line, list(held)
            if cells:
                yield Row(line + 1, cells, self._damage(held))
            line += len(held)
            held.clear()

    def _damage(self, held: list[str]) -> CellRefused | None:
        for text in held:
            if (not text.isascii() or "\0" in text) and _DAMAGED.search(text):
                name = encodings.NAMES.get(self._dialect.encoding, self._dialect.encoding)
                return CellRefused(gettext_noop("含有无法按 %(encoding)s 读出的字符"), encoding=name)
        return None


def _holding(source: Iterator[str], held: list[str]) -> Iterator[str]:
    """The lines of the source, kept while a record is being read, so that they can be read again."""
    for text in source:
        held.append(text)
        if len(held) > MOST_LINES:
            return
        yield text

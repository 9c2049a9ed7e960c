"""A text in pieces of whole lines, each taken whole or line by line."""

from typing import TextIO

SIZE = 1 << 17
LONGEST_LINE = 1_000_000


class Pieces:
    """`take` gives the next piece, `line` the next line, both empty at the end; what was not used can be put back.

    A line ends with \\n, \\r\\n or \\r. One of more than a million characters comes in parts.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._piece, self._at = "", 0
        # The beginning of a line whose end was not read yet.
        self._tail = ""

    @property
    def between(self) -> bool:
        """Whether all that was read is used up: the next line comes from the file."""
        return self._at >= len(self._piece)

    def take(self) -> str:
        piece = self._read() if self.between else self._piece[self._at :]
        self._piece, self._at = "", 0
        return piece

    def put_back(self, piece: str) -> None:
        self._piece, self._at = piece + self._piece[self._at :], 0

    def line(self) -> str:
        if self.between:
            self._piece, self._at = self._read(), 0
        start, self._at = self._at, _end_of_line(self._piece, self._at)
        return self._piece[start : self._at]

    def _read(self) -> str:
        text, more = self._tail, "?"
        end = 0
        while not end and more and len(text) < LONGEST_LINE:
            more = self._text.read(SIZE)
            text += more
            end = _last_line_end(text)
        if not more:
            end = len(text)
        cut = end or LONGEST_LINE
        self._tail = text[cut:]
        return text[:cut]


def _last_line_end(text: str) -> int:
    """Behind the last line that is whole. A final \\r may be half of a line's end."""
    return (text.rfind("\n") + 1) or (text.rfind("\r", 0, len(text) - 1) + 1)


def _end_of_line(text: str, start: int) -> int:
    newline = text.find("\n", start)
    carriage = text.find("\r", start, None if newline < 0 else newline)
    if carriage >= 0:
        return carriage + 2 if text.startswith("\n", carriage + 1) else carriage + 1
    return len(text) if newline < 0 else newline + 1

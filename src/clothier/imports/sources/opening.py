"""Opening a file that somebody sent: what it is by content, and how far to trust its size."""

import gzip
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from clothier.imports.contracts import FileRefused, gettext_noop

# A text may be this large unpacked. 10 000 000 order lines are about 1 GB.
MOST_TEXT = 8 * 1024**3
# Plain tables pack to a tenth or so; a bomb packs a thousandfold. Small files may be repetitive.
MOST_RATIO = 200
FREE = 64 * 1024**2
# A workbook is read into memory as a whole.
MOST_WORKBOOK = 600 * 1024**2
HEAD = 262_144
_SENSES = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
}


@dataclass(frozen=True, slots=True)
class Nature:
    """What a file is by its first bytes: "text", "gzip" or "workbook"."""

    sort: str
    size: int


def nature(path: Path) -> Nature:
    """Raises FileRefused, in the reader's words, for what cannot be a table."""
    size = path.stat().st_size
    if not size:
        raise FileRefused(gettext_noop("文件是空的"))
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"\x1f\x8b"):
        return Nature("gzip", size)
    if head.startswith(b"PK\x03\x04"):
        _check_workbook(path)
        return Nature("workbook", size)
    for mark, name in _SENSES.items():
        if head.startswith(mark):
            raise FileRefused(gettext_noop("这是 %(sort)s 文件，请另存为 CSV 或 XLSX 再导入"), sort=name)
    return Nature("text", size)


class Counted(io.RawIOBase):
    """A stream that knows how many bytes went by, and stops a bomb while it unpacks."""

    def __init__(self, inner: BinaryIO, *, packed: int) -> None:
        self._inner = inner
        self._allowed = min(MOST_TEXT, max(FREE, packed * MOST_RATIO))
        self.passed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._inner.read(len(buffer))
        except (gzip.BadGzipFile, EOFError, OSError) as error:
            raise FileRefused(gettext_noop("压缩文件不完整或已损坏，请重新导出")) from error
        self.passed += len(chunk)
        if self.passed > self._allowed:
            raise FileRefused(gettext_noop("解压后的内容大得不正常，已停止读取"))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._inner.close()
        super().close()


@dataclass(slots=True)
class Opened:
    """A stream of plain bytes, and how much of the file on disk is behind it."""

    stream: io.BufferedReader
    raw: BinaryIO
    size: int

    @property
    def share(self) -> float:
        return min(self.raw.tell() / self.size, 1.0) if self.size else 1.0


def open_text(path: Path) -> Opened:
    """The bytes of a text file, unpacked on the way where it is compressed."""
    what = nature(path)
    raw = path.open("rb")
    inner: BinaryIO = gzip.GzipFile(fileobj=raw) if what.sort == "gzip" else raw  # type: ignore[assignment]
    counted = Counted(inner, packed=what.size if what.sort == "gzip" else MOST_TEXT)
    return Opened(io.BufferedReader(counted, buffer_size=HEAD), raw, what.size)


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefused(gettext_noop("表格文件不完整或已损坏，请重新导出")) from error
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise FileRefused(gettext_noop("这是压缩包而不是表格，请解压后导入其中的 CSV 或 XLSX"))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_WORKBOOK or unpacked > max(FREE, path.stat().st_size * MOST_RATIO):
        raise FileRefused(gettext_noop("表格解压后太大，请另存为 CSV 再导入"))

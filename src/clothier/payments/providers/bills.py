"""What the daily bills of all providers share: packed or plain, in one of two encodings, money written in yuan."""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TextIO, cast

from django.utils.translation import gettext as _

from clothier.payments.contracts import StatementRefused

# Bills are written in Shanghai's time, which has known no summer time since 1991: eight hours are quicker than a zone.
_AHEAD = timedelta(hours=8)
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
# So many bytes tell which encoding it is.
_HEAD = 4096
_MONEY = re.compile(r"(-?)(\d+)(?:\.(\d{1,6}))?")
_DAY = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")
Line = tuple[int, list[str]]


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The text of a bill: as downloaded (gzip, a zip of one table) or unpacked, UTF-8 or GB 18030.

    Raises StatementRefused, also while it is read, where the file turns out to be cut off or no text.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            if head.startswith(_GZIP):
                yield _text(gzip.GzipFile(fileobj=file))
            elif head == _ZIP:
                with zipfile.ZipFile(file) as folder, folder.open(_table(folder)) as inner:
                    yield _text(io.BufferedReader(cast(io.RawIOBase, inner)))
            else:
                yield _text(file)
    except (UnicodeDecodeError, csv.Error, EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
        raise StatementRefused(_("文件读不下去：它不完整，或者不是账单。")) from error


def _text(file: "io.BufferedReader | gzip.GzipFile") -> TextIO:
    return io.TextIOWrapper(file, encoding=_encoding(file.peek(_HEAD)[:_HEAD]), newline="")


def lines(text: TextIO) -> Iterator[Line]:
    """Rows with their places, counted from 1."""
    reader = csv.reader(text)
    for cells in reader:
        yield reader.line_num, cells


def fen(text: str) -> int:
    """Fen of a sum in yuan, "-12.34"; fees have up to five decimals and are rounded half up. Raises ValueError."""
    found = _MONEY.fullmatch(text)
    if not found:
        raise ValueError(text)
    tail = (found[3] or "").ljust(3, "0")
    amount = int(found[2]) * 100 + int(tail[:2]) + (tail[2] >= "5")
    return -amount if found[1] else amount


def moment(text: str) -> datetime:
    """The UTC moment of "2026-11-13 10:20:30" in Shanghai. Raises ValueError."""
    return (datetime.fromisoformat(text) - _AHEAD).replace(tzinfo=UTC)


def day_of(name: str) -> date | None:
    """The day in a file's name: 2026-11-13 or 20261113."""
    for found in _DAY.finditer(name):
        # An account's number may begin like a year: what is no day is passed over.
        with suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3]))
    return None


def _encoding(head: bytes) -> str:
    """A character cut in two at the end of the head tells nothing."""
    try:
        head[: max(len(head) - 4, 0) or None].decode("utf-8")
    except UnicodeDecodeError as error:
        return "gb18030" if error.start < len(head) - 8 else "utf-8-sig"
    return "utf-8-sig"


def _table(folder: zipfile.ZipFile) -> str:
    """The table in Alipay's zip: the details, not the summary beside them."""
    names = [name for name in folder.namelist() if name.lower().endswith(".csv")]
    plain = [name for name in names if "汇总" not in name and "summary" not in name.lower()]
    found = plain or names
    if not found:
        raise StatementRefused(_("压缩包里没有账单。"))
    return found[0]

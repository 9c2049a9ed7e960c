"""Public purchase histories to measure the models on. Read where they lie; none is shipped."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path

from clothier.insights.repurchase.summary import Purchase

CDNOW = "CDNOW_sample.txt"
CDNOW_CALIBRATION, CDNOW_END = date(1997, 9, 30), date(1998, 6, 30)
RETAIL = "retail_orders_until_2011_08.csv.gz"
RETAIL_CALIBRATION, RETAIL_END = date(2011, 5, 31), date(2011, 8, 31)


class NoData(Exception):
    """The data is not on this machine; the message says how to get it."""


def cdnow(folders: Sequence[Path]) -> list[Purchase]:
    """The 2 357 customers of the CDNOW sample. Raises NoData.

    Looked for in the folders, in a wheel of the PyPI package lifetimes there, and in that package where it is
    installed; the package itself is never imported.
    """
    rows = (line.split() for line in _cdnow_text(folders).splitlines() if line.strip())
    return [(int(row[1]), date.fromisoformat(row[2]), float(row[4])) for row in rows]


def retail(folder: Path) -> list[Purchase]:
    """Sales of the UCI Online Retail file to known customers, by customer and day. Raises NoData."""
    path = folder / RETAIL
    if not path.exists():
        raise NoData(f"{RETAIL} is not in {folder}")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return sorted(_retail_rows(csv.DictReader(file)))


def _retail_rows(rows: Iterable[dict[str, str]]) -> Iterator[Purchase]:
    for row in rows:
        amount = int(row["Quantity"]) * float(row["UnitPrice"])
        if row["CustomerID"] and amount > 0 and not row["InvoiceNo"].startswith("C"):
            yield int(float(row["CustomerID"])), date.fromisoformat(row["InvoiceDate"][:10]), amount


def _cdnow_text(folders: Sequence[Path]) -> str:
    for folder in folders:
        if (folder / CDNOW).exists():
            return (folder / CDNOW).read_text()
        for wheel in sorted(folder.glob("*ifetimes*.whl")):
            with zipfile.ZipFile(wheel) as archive, archive.open(f"lifetimes/datasets/{CDNOW}") as file:
                return io.TextIOWrapper(file, "utf-8").read()
    try:
        return Path(str(metadata.distribution("lifetimes").locate_file(f"lifetimes/datasets/{CDNOW}"))).read_text()
    except (metadata.PackageNotFoundError, FileNotFoundError):
        raise NoData(f"{CDNOW} is not on this machine") from None

"""Files to import, and a short way to import them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clothier.imports.models import Import
from clothier.imports.services import confirm, register_file, run

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
Importer = Callable[..., Import]


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str, header: str = HEADER, name: str = "orders.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("".join(f"{row}\n" for row in (header, *rows)).encode(encoding))
        return path

    return write


@pytest.fixture
def bring(db: None) -> Importer:
    """Import a file to its end with the guessed columns."""

    def bring(path: Path, kind: str = "orders", columns: dict[str, int] | None = None, **options: str) -> Import:
        draft = register_file(kind=kind, path=path)
        confirm(import_id=draft.pk, columns=columns or draft.columns, options=options)
        return run(import_id=draft.pk)

    return bring


def reasons(task: Import) -> list[tuple[str, str]]:
    """Line number and reason of every refused row, from the file that the user gets."""
    import csv

    if not task.rejected_bytes:
        return []
    with task.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        return [(row[0], row[1]) for row in list(csv.reader(file))[1:]]

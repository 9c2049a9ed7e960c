"""How much can come in from a file."""

import csv
import random
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from clothier.cli.benches.measuring import Figure
from clothier.cli.benches.written import floor_of_writing, rows_written
from clothier.imports import services as imports
from clothier.kernel import clock


def import_(customers: int) -> list[Figure]:
    """`clothier import orders` of five lines a customer, from the file to the books and profiles."""
    lines = customers * 5
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        _write_orders(file.name, customers, lines)
        draft = imports.register_file(kind="orders", path=Path(file.name))
        # A kept shop may know these numbers from the time before: they are another source's.
        imports.confirm(import_id=draft.pk, columns=draft.columns, options={"source": uuid4().hex[:12]})
        imports.request(import_id=draft.pk)
        took, rows = rows_written(lambda: imports.run(import_id=draft.pk))
    floor = lines / floor_of_writing(rows)
    return [Figure("order lines imported", lines / took.wall, "lines/s", floor, lines / took.cpu)]


def _write_orders(path: str, customers: int, lines: int) -> None:
    draw = random.Random(7)  # noqa: S311 - the same file every time
    day = clock.now() - timedelta(days=400)
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"])
        for number in range(lines):
            when = day + timedelta(minutes=number // 3 * 2)
            order, customer = 500_000 + number // 3, 10_000 + number // 3 % customers
            price = f"{draw.randint(100, 99_900) / 100:.2f}"
            table.writerow([order, f"K{number % 600}", "bench", 1, f"{when:%Y-%m-%d %H:%M}", price, customer])

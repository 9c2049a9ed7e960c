"""`clothier bench`: budgets as benchmarks, each with its physical floor."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clothier.cli.benches.scratch import scratch
from clothier.cli.output import JSON
from clothier.cli.problems import Problem

if TYPE_CHECKING:
    from clothier.cli.benches.measuring import Figure

BENCHES = {
    "ingest": "telling:ingest",
    "promises": "promising:promises",
    "live": "listening:live",
    "import": "writing:import_",
    "profile": "reading:profile",
    "search": "reading:search",
    "board": "reading:board",
    "segments": "analysing:segments",
    "pages": "pages:every_page",
    "desks": "working:desks",
    "loyalty": "loyalty:loyalty",
    "checkout": "selling:checkout",
    "settlement": "settling:settlement",
    "cases": "casework:cases",
    "inbox": "talking:inbox",
}


def bench(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(BENCHES)}.")],
    customers: Annotated[
        int, typer.Option(help="Customers of the demo chain, where none is there yet.", min=10)
    ] = 20_000,
    data: Annotated[Path | None, typer.Option(help="Keep the filled shop in this folder and use it again.")] = None,
    load: Annotated[
        int | None,
        typer.Option(help="Events told, promises open, rows settled, cases; by default as many as customers.", min=100),
    ] = None,
    pages: Annotated[int, typer.Option(help="Open pages of the bench `live`.", min=1, max=1500)] = 500,
    chats: Annotated[int, typer.Option(help="Open chats of the bench `live`.", min=2, max=1000)] = 500,
    engine: Annotated[str, typer.Option(help="Where `segments` are worked out: orm, duckdb or spark.")] = "orm",
    as_json: JSON = False,
) -> None:
    """Measure one thing on a shop of its own, which is thrown away afterwards: SQLite, or DATABASE_URL's server."""
    if name not in BENCHES:
        raise Problem(f"there is no bench {name}; choose one of {', '.join(BENCHES)}")
    given: dict[str, int | str] = {"live": pages, "segments": engine}
    beside = {"chats": chats} if name == "live" else {}
    with scratch(customers, data) as (database, customers):
        figures = _load(name)(given.get(name, load or customers), **beside)
    if as_json:
        told = [_told(figure) for figure in figures]
        typer.echo(json.dumps({"bench": name, "database": database, "customers": customers, "figures": told}))
    else:
        _show(name, database, customers, figures)


def _load(name: str) -> "Callable[..., list[Figure]]":
    module, _colon, function = BENCHES[name].partition(":")
    found: Callable[..., list[Figure]] = getattr(import_module(f"clothier.cli.benches.{module}"), function)
    return found


def _told(figure: "Figure") -> dict[str, object]:
    return {
        "name": figure.name,
        "value": round(figure.value, 3),
        "unit": figure.unit,
        "floor": _rounded(figure.floor, 3),
        "ratio": _rounded(figure.ratio, 2),
        "cpu": _rounded(figure.cpu, 3),
    }


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _show(name: str, database: str, customers: int, figures: "list[Figure]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "figure", "value", "unit", "floor", "ratio", "cpu", title=f"{name} · {database} · {customers} customers"
    )
    for figure in figures:
        told = _told(figure)
        table.add_row(*("–" if value is None else str(value) for value in told.values()))
    Console().print(table)

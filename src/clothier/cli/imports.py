"""`clothier import`: files into the house, from the keyboard."""

import os
import sys
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clothier.cli import ready
from clothier.cli.import_report import mapping_text, outcome, report
from clothier.cli.output import tell
from clothier.cli.problems import Problem
from clothier.cli.progress import stages

if TYPE_CHECKING:
    from clothier.imports.selectors import Import

ROWS_REFUSED = 3


class Sort(StrEnum):
    ORDERS = "orders"
    CUSTOMERS = "customers"
    CATALOGUE = "catalogue"
    STAFF = "staff"
    VISITS = "visits"


def import_file(
    kind: Annotated[Sort, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="CSV, CSV.GZ or XLSX.", exists=True, dir_okay=False)],
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="Say which column holds what: --map number=InvoiceNo")
    ] = None,
    store: Annotated[str, typer.Option(help="Store of rows that name none, by code.")] = "",
    currency: Annotated[str, typer.Option(help="Currency of amounts that name none.")] = "",
    zone: Annotated[str, typer.Option(help="Time zone of times that name none.")] = "",
    date_order: Annotated[str, typer.Option(help="How 1/2/2011 is meant: ymd, dmy or mdy.")] = "",
    source: Annotated[str, typer.Option(help="Where the numbers come from; a number is one thing per source.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the guessed columns without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Import a file. Broken off, it goes on where it was; told twice, it changes nothing.

    Exit code 3: done, but rows were refused; their file is named.
    """
    ready.set_up()
    ready.migrate()
    options = {"store": store, "currency": currency.upper(), "zone": zone, "date_order": date_order, "source": source}
    with _language():
        task = _broken_off(kind, file, dry_run) or _new(kind, file, columns or [], options, yes=yes)
        done = _run(task, dry_run)
        tell(outcome(done, dry=dry_run), report(done, dry=dry_run), as_json=as_json)
    if done.state == "failed":
        raise Problem(done.problem)
    if done.read_counts(trial=dry_run).rejected:
        raise typer.Exit(ROWS_REFUSED)


def _broken_off(kind: str, file: Path, dry_run: bool) -> "Import | None":
    from clothier.imports.selectors import unfinished
    from clothier.imports.services import digest

    task = None if dry_run else unfinished(kind=kind, sha256=digest(file))
    if task:
        typer.echo(f"Going on with import {task.pk} after row {task.read_counts().read:,}.", err=True)
    return task


def _new(kind: str, file: Path, wanted: list[str], options: dict[str, str], *, yes: bool) -> "Import":
    from clothier.imports.services import confirm, register_file

    draft = register_file(kind=kind, path=file)
    columns = {**draft.columns, **dict(_position(text, draft.header) for text in wanted)}
    given = {name: value for name, value in options.items() if value}
    if draft.options.get("date_order_unsure") and "date_order" not in given and (yes or not sys.stdin.isatty()):
        raise Problem("the dates may be day first or month first; say --date-order dmy or --date-order mdy")
    typer.echo(mapping_text(draft, columns, {**draft.options, **given}), err=True)
    if not yes and sys.stdin.isatty():
        typer.confirm("Is this right?", abort=True, err=True)
    return confirm(import_id=draft.pk, columns=columns, options=given)


def _position(text: str, header: list[str]) -> tuple[str, int]:
    name, equals, title = text.partition("=")
    if not equals or title.strip() not in header:
        raise Problem(f"--map {text}: the file's columns are {', '.join(header)}")
    return name.strip(), header.index(title.strip())


def _run(task: "Import", dry_run: bool) -> "Import":
    from clothier.imports.services import request, run

    request(import_id=task.pk, dry=dry_run, here=True)
    with stages() as progress:
        return run(
            import_id=task.pk,
            on_progress=lambda made: progress("Checking" if dry_run else "Importing", int(made.share * 1000), 1000),
        )


def _language() -> AbstractContextManager[None]:
    """Reasons in the language of the terminal: Chinese where it says so, English elsewhere."""
    from django.utils import translation

    wanted = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return translation.override("zh-hans" if wanted.startswith("zh") else "en")

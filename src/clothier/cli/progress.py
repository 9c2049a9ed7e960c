"""Progress of long work on stderr: a bar for people, a line a stage where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from clothier.cli.language import said

Progress = Callable[[str, int, int], None]


def quiet(stage: str, done: int, of: int) -> None:
    """For whoever does not watch."""


@contextmanager
def stages() -> Iterator[Progress]:
    """Gives `progress(stage, done, of)`: call it as often as you like."""
    if sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def progress(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                for earlier in tasks.values():
                    bars.update(earlier, completed=bars.tasks[earlier].total)  # type: ignore[arg-type]
                tasks[stage] = bars.add_task(said(stage), total=of)
            bars.update(tasks[stage], completed=done, total=of)  # type: ignore[arg-type]

        yield progress
        for task in tasks.values():
            bars.update(task, completed=bars.tasks[task].total)  # type: ignore[arg-type]


def _lines() -> Progress:
    told: set[str] = set()

    def progress(stage: str, done: int, of: int) -> None:
        if stage not in told:
            told.add(stage)
            typer.echo(f"{said(stage)}…", err=True)

    return progress

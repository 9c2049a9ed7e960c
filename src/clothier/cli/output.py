"""Results on stdout: a sentence for people, JSON for programs."""

import json
from typing import Annotated, Any

import typer

JSON = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]


def tell(result: Any, sentence: str, *, as_json: bool) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False, default=str) if as_json else sentence)

"""Results on stdout: a sentence for people, JSON for programs."""

import json
from typing import Any

import typer


def tell(result: Any, sentence: str, *, as_json: bool) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False, default=str) if as_json else sentence)

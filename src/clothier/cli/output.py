"""Results on stdout: a sentence for people, JSON for programs."""

import json
from typing import Annotated, Any

import typer

from clothier.cli.language import _

JSON = Annotated[bool, typer.Option("--json", help=_("以 JSON 打印结果。"))]


def tell(result: Any, sentence: str, *, as_json: bool) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False, default=str) if as_json else sentence)

"""Files and functions stay small enough to read in one sitting."""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "clothier"
FILE, FUNCTION = 400, 60


def sources() -> list[Path]:
    return [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]


def test_no_file_is_longer_than_400_lines():
    assert [str(p.relative_to(SRC)) for p in sources() if p.read_text().count("\n") > FILE] == []


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{path.relative_to(SRC)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION
    ]
    assert long == []

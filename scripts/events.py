#!/usr/bin/env python3
"""Write docs/events.md from the declared events: scripts/events.py (run from the root, PYTHONPATH=src)."""

import importlib
import pkgutil
from pathlib import Path

import clothier
from clothier.eventlog.contracts import Event, event_types

HEAD = """# Events

Everything that happens, as the log records it. Ids, codes and numbers only; personal data never. `scripts/events.py`
writes this page from the declarations.

| event | what happened | fields |
|---|---|---|
"""


def line(type_: str, event: type[Event]) -> str:
    what = (event.__doc__ or "").strip().splitlines()
    fields = ", ".join(f"`{name}`" for name in event.model_fields)
    return f"| `{type_}` | {what[0] if what else ''} | {fields} |"


def main() -> None:
    for module in pkgutil.walk_packages(clothier.__path__, "clothier."):
        if module.name.endswith(".events"):
            importlib.import_module(module.name)
    page = HEAD + "\n".join(line(type_, event) for type_, event in event_types().items()) + "\n"
    (Path(__file__).resolve().parent.parent / "docs" / "events.md").write_text(page)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Write docs/events.md from the declared events: scripts/events.py (run from the root, PYTHONPATH=src)."""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clothier.config.settings")
django.setup()

from clothier.eventlog.contracts import Event, event_types  # noqa: E402 - the apps declare their events when they are loaded

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
    page = HEAD + "\n".join(line(type_, event) for type_, event in event_types().items()) + "\n"
    (Path(__file__).resolve().parent.parent / "docs" / "events.md").write_text(page)


if __name__ == "__main__":
    main()

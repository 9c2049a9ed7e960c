"""What differs between two documents, rule by rule, so that a person can read it before publishing."""

from collections.abc import Iterator
from typing import Any

from clothier.standards.contracts import Change
from clothier.standards.rules.documents.base import Document

_NAMES = ("key", "code", "role", "event", "channel")


def changes(old: Document, new: Document) -> list[Change]:
    """Every difference, in the order of the new document."""
    return list(_differences((), _plain(old), _plain(new)))


def _plain(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude_defaults=True)


def _differences(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and not _is_text(new):
        for name in [*new, *(name for name in old if name not in new)]:
            yield from _differences((*path, name), old.get(name), new.get(name))
    elif _is_named(old) and _is_named(new):
        before, after = _by_name(old), _by_name(new)
        for name in [*after, *(name for name in before if name not in after)]:
            yield from _differences((*path, _title(name, after.get(name) or before[name])), *_pair(name, before, after))
    else:
        yield Change(path, _readable(old), _readable(new))


def _pair(name: str, before: dict[str, Any], after: dict[str, Any]) -> tuple[Any, Any]:
    return before.get(name), after.get(name)


def _is_text(value: dict[str, Any]) -> bool:
    return value.keys() <= {"zh", "en"}


def _is_named(value: Any) -> bool:
    """A list of things that each have a name of their own."""
    rows = value if isinstance(value, list) else []
    names = [_name(row) for row in rows]
    return bool(rows) and None not in names and len(set(names)) == len(names)


def _name(row: Any) -> str | None:
    return next((str(row[field]) for field in _NAMES if field in row), None) if isinstance(row, dict) else None


def _by_name(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {str(_name(row)): row for row in rows}


def _title(name: str, row: Any) -> str:
    named = row.get("name") if isinstance(row, dict) else None
    return named["zh"] if isinstance(named, dict) and "zh" in named else name


def _readable(value: Any) -> Any:
    if isinstance(value, dict) and _is_text(value):
        return " / ".join(value[language] for language in ("zh", "en") if value.get(language))
    if isinstance(value, dict):
        return "；".join(f"{name}: {_readable(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "、".join(str(_readable(inner)) for inner in value)
    return value

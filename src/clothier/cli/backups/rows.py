"""Tables as lines of JSON that read the same from SQLite and from PostgreSQL."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

# Sign-ins of the moment, and what workers know of each other, are not worth keeping: both are made anew.
NOT_KEPT = {"sessions.session", "worker.beat"}
CHUNK = 2000


def kept_models() -> list[type[models.Model]]:
    """Every table of ours and of the packages we stand on, the hidden ones of many-to-many fields included."""
    found = apps.get_models(include_auto_created=True)
    kept = [m for m in found if m._meta.managed and not m._meta.proxy and m._meta.label_lower not in NOT_KEPT]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.GeneratedField)]


def lines(model: type[models.Model], using: str) -> Iterator[bytes]:
    """One JSON array a row, in the order of the primary key; streamed, not held.

    Keys are sorted, since PostgreSQL does not keep the order in which an object was written.
    """
    for row in _rows(model, using):
        told = [_told(value) for value in row]
        yield json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def read(model: type[models.Model], line: bytes) -> models.Model:
    values = json.loads(line)
    fields = columns(model)
    return model(**{field.attname: _heard(field, value) for field, value in zip(fields, values, strict=True)})


def digest(model: type[models.Model], using: str) -> tuple[int, str]:
    """How many rows, and one hash over all of them: equal hashes mean equal rows."""
    count, summed = 0, hashlib.sha256()
    for line in lines(model, using):
        count += 1
        summed.update(line)
    return count, summed.hexdigest()


def _rows(model: type[models.Model], using: str) -> Iterable[tuple[Any, ...]]:
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(using).values_list(*names)
    if isinstance(model._meta.pk, models.CharField):
        # Each database sorts words after its own alphabet. Such tables hold a handful of rows.
        return sorted(rows, key=lambda row: str(row[names.index(model._meta.pk.attname)]))
    return rows.order_by("pk").iterator(chunk_size=CHUNK)


def _told(value: Any) -> Any:
    """JSON as it is; what JSON lacks as {"$": kind, "v": text}."""
    match value:
        case list() | dict():
            return _plain(value)
        case bool() | int() | float() | str() | None:
            return value
        case datetime() | date() | time():
            return {"$": "t", "v": value.isoformat()}
        case bytes() | bytearray() | memoryview():
            return {"$": "b", "v": base64.b64encode(bytes(value)).decode()}
        case Decimal() | UUID():
            return {"$": "s", "v": str(value)}
        case timedelta():
            return {"$": "d", "v": value.total_seconds()}
    raise TypeError(f"cannot back up a {type(value).__name__}")


def _plain(value: Any) -> Any:
    """JSON in which a whole number is written one way: PostgreSQL gives 1e3 back as 1000."""
    match value:
        case list():
            return [_plain(inner) for inner in value]
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case float() if value.is_integer():
            return int(value)
    return value


def _heard(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.JSONField) or not (isinstance(value, dict) and "$" in value):
        return value
    match value["$"]:
        case "b":
            return base64.b64decode(value["v"])
        case "d":
            return timedelta(seconds=value["v"])
    return field.to_python(value["v"])

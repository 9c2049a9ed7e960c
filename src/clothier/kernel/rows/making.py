"""New rows in memory. A model's own constructor looks at every field of every row: the dearest part of a bulk."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)


def new(model: type[M], **values: Any) -> M:
    """An unsaved row with the model's defaults and these values, by column attribute (`visit_id`, not `visit`).

    Raises TypeError on a name the model does not have.
    """
    plain, made = _defaults(model)
    row = model.__new__(model)
    row.__dict__ = {**plain, **values}
    if len(row.__dict__) != len(plain):
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(values.keys() - plain.keys()))}")
    for name, default in made.items():
        if name not in values:
            row.__dict__[name] = default()
    row._state = ModelState()
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Defaults that all rows may share, and those that each row must have of its own (lists, the time)."""
    own: dict[str, Callable[[], Any]] = {}
    plain: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        made = field.has_default() and callable(field.default)
        plain[field.attname] = None if made else field.get_default()
        if made:
            own[field.attname] = field.get_default
    return plain, own

"""What the verbs share: an idempotency key gives the first outcome again."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import models

from clothier.eventlog.contracts import Event
from clothier.eventlog.selectors import first_told
from clothier.eventlog.services import AlreadyRecorded

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)


def once(find: type[M], event: type[Event]) -> Callable[[Callable[P, M]], Callable[P, M]]:
    """Make a verb idempotent by its `key`: told again it returns the event's subject, a row of `find`.

    Two repetitions may race: the log's unique key lets one through, the other is rolled back and answered here.
    """

    def decorate(verb: Callable[P, M]) -> Callable[P, M]:
        @wraps(verb)
        def idempotent(*args: P.args, **kwargs: P.kwargs) -> M:
            key = kwargs.get("key")
            if not isinstance(key, str) or not key:
                return verb(*args, **kwargs)
            if entry := first_told(key, event):
                return find._default_manager.get(pk=entry.subject_id)
            try:
                return verb(*args, **kwargs)
            except AlreadyRecorded:
                entry = first_told(key, event)
                if entry is None:
                    raise
                return find._default_manager.get(pk=entry.subject_id)

        return idempotent

    return decorate

"""Customers as files number them."""

from collections.abc import Iterable
from datetime import datetime

from clothier.customers.services import register
from clothier.imports.kinds.base import Context

REMEMBERED = 200_000


class Customers:
    """Records of the people a file knows only by a number: found by that number, or registered under it."""

    def __init__(self, source: str, context: Context) -> None:
        self._source = source
        self._context = context
        self._known: dict[str, int] = {}

    def ids(self, wanted: Iterable[tuple[str, datetime]]) -> dict[str, int]:
        """Record ids by the file's number; who is new is registered as of the first time the file tells of them."""
        first: dict[str, datetime] = {}
        for number, at in wanted:
            if number not in self._known:
                first[number] = min(at, first.get(number, at))
        if len(self._known) > REMEMBERED:
            self._known.clear()
        for number, at in first.items():
            self._known[number] = register(
                source=self._source, external_id=number, actor=self._context.actor, occurred_at=at
            )
        return self._known

    def forget(self) -> None:
        self._known.clear()

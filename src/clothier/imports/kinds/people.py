"""Customers as files number them."""

from collections.abc import Iterable
from datetime import datetime

from clothier.customers.contracts import NewCustomer
from clothier.customers.services import register_many

REMEMBERED = 200_000


class Customers:
    """Records of the people a file knows only by a number: found by that number, or registered under it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[str, int] = {}

    def ids(self, wanted: Iterable[tuple[str, datetime]]) -> dict[str, int]:
        """Record ids by the file's number; who is new is registered as of the first time the file tells of them."""
        first: dict[str, datetime] = {}
        for number, at in wanted:
            if number not in self._known:
                first[number] = min(at, first.get(number, at))
        if len(self._known) > REMEMBERED:
            self._known.clear()
        rows = [NewCustomer(name="", external_id=number, registered_at=at) for number, at in first.items()]
        self._known |= register_many(rows, source=self._source).ids
        return self._known

    def forget(self) -> None:
        self._known.clear()

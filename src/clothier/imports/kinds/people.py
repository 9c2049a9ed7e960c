"""Customers as files number them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from clothier.customers.contracts import NewCustomer
from clothier.customers.services import Registered, register_many
from clothier.imports.models import Brought
from clothier.kernel import columns

REMEMBERED = 200_000


class Customers:
    """Records of the people a file knows only by a number: found by that number, or registered under it."""

    def __init__(self, source: str, *, batch: int) -> None:
        self._source, self._batch = source, batch
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
        self._known |= registered(rows, source=self._source, batch=self._batch).ids
        return self._known

    def forget(self) -> None:
        self._known.clear()


def registered(rows: Sequence[NewCustomer], *, source: str, batch: int) -> Registered:
    """Register, and remember which records this import brought."""
    done = register_many(rows, source=source)
    brought = [done.ids[number] for number in done.new]
    columns.insert(Brought, {"task_id": columns.Every(batch), "customer_id": brought}, count=len(brought))
    return done

"""Tells the promises which calendar each store follows."""

from collections.abc import Iterable

from clothier.kernel import columns
from clothier.places.models import Store
from clothier.standards.contracts import StoreFacts, store_directory

# Asked with every promise that begins, so not even the composing of the query is paid twice.
_ASK = f"SELECT id, calendar FROM {Store._meta.db_table}"  # noqa: S608 - the model's own name


@store_directory.register
def stores(ids: Iterable[int] | None) -> list[StoreFacts]:
    """The stores with these ids, or every open one."""
    if ids is None:
        told = columns.read(f"{_ASK} WHERE closed_on IS NULL ORDER BY id")
    else:
        condition, values = columns.among("id", set(ids))
        told = columns.read(f"{_ASK} WHERE {condition} ORDER BY id", values)
    return [StoreFacts(id=pk, calendar=calendar) for pk, calendar in told]

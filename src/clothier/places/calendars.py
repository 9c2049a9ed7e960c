"""Tells the promises which calendar each store follows."""

from collections.abc import Iterable

from clothier.places.models import Store
from clothier.standards.contracts import StoreFacts, store_directory


@store_directory.register
def stores(ids: Iterable[int] | None) -> list[StoreFacts]:
    """The stores with these ids, or every open one."""
    rows = Store.objects.filter(closed_on__isnull=True) if ids is None else Store.objects.filter(pk__in=set(ids))
    return [StoreFacts(id=pk, calendar=calendar) for pk, calendar in rows.order_by("pk").values_list("pk", "calendar")]

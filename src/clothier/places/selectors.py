"""Questions about places, answered for a viewer."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import get_language

from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.places.models import Store, Zone


def stores_for(viewer: Viewer) -> QuerySet[Store]:
    """The open stores somebody answers for."""
    stores = Store.objects.filter(closed_on__isnull=True)
    return stores if viewer.stores is None else stores.filter(pk__in=viewer.stores)


def open_stores(viewer: Viewer) -> list[Store]:
    """The same as a list, by code: what nearly every page asks."""
    return _open(stores=viewer.stores)


@prepared
def _open(stores: list[int] | None) -> "QuerySet[Store, Store]":
    found = Store.objects.filter(closed_on__isnull=True).order_by("code")
    return found if stores is None else found.filter(pk__in=stores)


def zones_for(viewer: Viewer, *, store: int) -> QuerySet[Zone]:
    return Zone.objects.filter(store_id=store, store__in=stores_for(viewer))


def store_has_zone(store: int, zone: int) -> bool:
    return Zone.objects.filter(pk=zone, store_id=store).exists()


def store(store_id: int) -> Store | None:
    """One store, closed ones too."""
    return next(iter(_store(store=store_id)), None)


@prepared
def _store(store: int) -> "QuerySet[Store, Store]":
    return Store.objects.filter(pk=store)


def store_names(stores: Iterable[int | None]) -> dict[int, str]:
    """Names by store id in the reader's language, closed stores too: a record keeps its place."""
    wanted = {pk for pk in stores if pk is not None}
    rows = _names(stores=list(wanted))
    english = get_language() == "en"
    return {pk: (name_en if english else "") or name for pk, name, name_en in rows}


@prepared
def _names(stores: list[int]) -> "QuerySet[Store, tuple[int, str, str]]":
    return Store.objects.filter(pk__in=stores).order_by().values_list("pk", "name", "name_en")


def stores_of_zones(zones: Iterable[int]) -> dict[int, int]:
    """The store of each zone, for bulk paths; unknown zones are missing."""
    return dict(Zone.objects.filter(pk__in=set(zones)).values_list("pk", "store_id"))

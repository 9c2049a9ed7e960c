"""Names for lists: who is in the store, whose visit this was. One query, however many."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from clothier.customers.models import Customer, Profile
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.standing import layer_names
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import words


@dataclass(frozen=True, slots=True)
class Face:
    """A name and what staff should know of its bearer before a word is said."""

    customer_id: int
    name: str
    title: str
    layer: str
    layer_name: str


def faces(viewer: Viewer, customer_ids: Iterable[int | None]) -> dict[int, Face]:
    """By the id asked for; whoever is unknown or erased is missing. Raises Denied for other roles."""
    require(viewer, READERS)
    wanted = {pk for pk in customer_ids if pk is not None}
    if not wanted:
        return {}
    layers, titles = layer_names(), words(Customer.Title)
    return {
        record: Face(record, name, titles.get(title, title), layer, layers.get(layer, layer))
        for record, name, title, layer in _known(wanted=wanted)
        if record in wanted
    }


@prepared
def _known(wanted: list[int]) -> "QuerySet[Profile, Any]":
    rows = Profile.objects.filter(live=True, customer__records__in=wanted, customer__erased_at=None)
    return rows.values_list("customer__records__pk", "customer__name", "customer__title", "layer")

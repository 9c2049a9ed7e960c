"""Every address of the house, taken from the URL map and filled with another store's things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from clothier.standards.models import Promise
from clothier.visits import services as visits
from tests.cast import Cast

# Packages with walks of their own: the admin's and allauth's addresses are made and tested by them.
NOT_OURS = ("office/", "accounts/")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    route: str

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.route)

    def filled(self, values: dict[str, Any]) -> str:
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.route)


def addresses() -> list[Address]:
    return sorted({Address(route) for route in _routes(get_resolver().url_patterns)}, key=lambda a: a.route)


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith(NOT_OURS):
                yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


# What fills a parameter by the first part of its route, "" for any. Of the other store wherever it is a store's own.
STORE_OWN = {"visit", "fitting", "bell", "task", "shift", "code", "store", "promise"}


def foreign(cast: Cast) -> dict[tuple[str, str], Any]:
    """Values for every parameter there is: things of the other store, and numbers nobody has."""
    visit = visits.arrive(store=cast.other_store.pk)
    fitting = visits.open_fitting(visit=visit.pk, actor=None)
    bell = visits.ring_bell(store=cast.other_store.pk, source="kiosk")
    task = visits.raise_task(store=cast.other_store.pk, day=visit.arrived_at.date(), title="扫地")
    promise = Promise.objects.filter(store_id=cast.other_store.pk).first()
    assert promise is not None
    nobody = 987_654
    return {
        ("", "visit"): visit.pk,
        ("", "fitting"): fitting.pk,
        ("", "bell"): bell.pk,
        ("", "task"): task.pk,
        ("", "code"): cast.other_store.code,
        ("", "store"): cast.other_store.code,
        ("rules", "pk"): promise.pk,
        ("", "key"): "promises",
        ("", "token"): "no-such-token",
        **{("", name): nobody for name in ("pk", "step", "sku", "style", "delivery", "device", "shift", "change")},
        **{("", name): nobody for name in ("employee", "fact", "tagging", "customer", "segment", "import_id")},
        **{("", name): nobody for name in ("api_key", "webhook", "posting")},
    }


def values_for(address: Address, known: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """Raises KeyError for a parameter nobody has said how to fill."""
    first = address.route.partition("/")[0]
    return {name: known.get((first, name), known[("", name)]) if ("", name) in known else known[(first, name)]
            for name in address.parameters}  # fmt: skip


def is_a_stores_own(address: Address) -> bool:
    own = STORE_OWN | ({"pk"} if address.route.startswith("rules/promises/") else set())
    return bool(own & set(address.parameters))

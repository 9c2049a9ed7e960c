"""The loader of each kind."""

from typing import Any

from clothier.imports.contracts import Kind
from clothier.imports.kinds.base import Loader
from clothier.imports.kinds.orders import Orders

LOADERS: dict[Kind, type[Loader[Any]]] = {Kind.ORDERS: Orders}


def loader_of(kind: str) -> type[Loader[Any]]:
    return LOADERS[Kind(kind)]

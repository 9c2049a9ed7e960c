"""The loader of each kind."""

from typing import Any

from clothier.imports.contracts import Kind
from clothier.imports.kinds.articles import ArticleRows
from clothier.imports.kinds.base import Loader
from clothier.imports.kinds.catalogue import Catalogue
from clothier.imports.kinds.customers import CustomerRows
from clothier.imports.kinds.orders import Orders
from clothier.imports.kinds.staff import StaffRows
from clothier.imports.kinds.visits import VisitRows

LOADERS: dict[Kind, type[Loader[Any]]] = {
    Kind.ORDERS: Orders,
    Kind.CUSTOMERS: CustomerRows,
    Kind.CATALOGUE: Catalogue,
    Kind.STAFF: StaffRows,
    Kind.VISITS: VisitRows,
    Kind.ARTICLES: ArticleRows,
}


def loader_of(kind: str) -> type[Loader[Any]]:
    return LOADERS[Kind(kind)]

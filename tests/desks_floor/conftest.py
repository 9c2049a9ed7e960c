"""Zhou's phone, and Ms Lin at the door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clothier.catalog.contracts import CategoryFacts, StockCount, StyleFacts, VariantFacts
from clothier.catalog.models import Sku
from clothier.catalog.services import save_categories, set_stock, upsert_style
from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import note_fact, register
from clothier.staff.models import Employee
from clothier.visits import services
from clothier.visits.contracts import VisitView
from clothier.visits.selectors import visit_view
from tests.cast import Cast

Post = Callable[..., Any]
Seen = Callable[[int], VisitView | None]


@pytest.fixture
def phone(cast: Cast, client: Client) -> Client:
    client.force_login(cast.zhou.user)
    return client


@pytest.fixture
def qian(cast: Cast) -> Employee:
    return Employee.objects.create(number="e009", name="钱宁", role="associate", home_store=cast.store)


@pytest.fixture
def lin(cast: Cast) -> int:
    member = NewIdentifier(Kind.MEMBER, "M0001888", verified=True)
    found = register(name="林知夏", title="ms", identifiers=[member], store=cast.store.pk)
    note_fact(customer_id=found, field="size", value="M", qualifier="coat", source="store")
    return found


@pytest.fixture
def visit(cast: Cast, lin: int) -> int:
    return services.arrive(store=cast.store.pk, customer=lin, via="member_code", actor=cast.zhou.pk).pk


@pytest.fixture
def coats(cast: Cast) -> dict[str, Sku]:
    """A coat in three sizes; S and M lie in the store."""
    save_categories(categories=[CategoryFacts("coat", "大衣", "Coat", "coat")])
    variants = tuple(VariantFacts("black", size) for size in ("S", "M", "L"))
    upsert_style(style=StyleFacts(code="C2001", name="羊绒大衣", category="coat", price_fen=129_900, variants=variants))
    skus = {sku.size: sku for sku in Sku.objects.all()}
    set_stock(counts=[StockCount(cast.store.pk, skus[size].pk, 3) for size in ("S", "M")])
    return skus


@pytest.fixture
def seen(cast: Cast) -> Seen:
    viewer = cast.viewer(cast.gao)
    return lambda visit: visit_view(viewer, visit)

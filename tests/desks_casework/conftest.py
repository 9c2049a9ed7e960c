"""Lin bought a coat; Zhou, Wu and Gao each at a desk of their own."""

import pytest
from django.test import Client

from clothier.cases import services
from clothier.cases.contracts import LineReason, NewLine
from clothier.checkout.contracts import LineFacts
from clothier.checkout.models import Order
from clothier.checkout.services import record_sale
from clothier.customers.contracts import Kind, NewIdentifier
from clothier.customers.services import register
from clothier.staff.models import Employee
from tests.cast import Cast

FIRST = {"topic": "product", "severity": "moderate", "text": "洗了一次就起球", "origin": "store"}


@pytest.fixture
def lin(cast: Cast) -> int:
    return register(name="林若溪", identifiers=[NewIdentifier(Kind.PHONE, "13800138000", verified=True)])


@pytest.fixture
def coat(cast: Cast, lin: int) -> Order:
    lines = [LineFacts(code="K2071", description="羊毛大衣", quantity=1, total_fen=129_900, unit_price_fen=129_900)]
    return record_sale(source="till", number="T1", lines=lines, store=cast.store.pk, customer=lin)


@pytest.fixture
def complaint(cast: Cast, lin: int, coat: Order) -> int:
    piece = NewLine(coat.lines.get().pk, reason=LineReason.QUALITY)
    return services.open_case(
        kind="complaint", customer=lin, store=cast.store.pk, order=coat.pk, lines=[piece], actor=cast.zhou.pk, **FIRST
    ).pk


@pytest.fixture
def repair(cast: Cast, lin: int, coat: Order) -> int:
    told = FIRST | {"severity": "minor", "text": "拉链坏了"}
    piece = NewLine(coat.lines.get().pk, reason=LineReason.REPAIR)
    return services.open_case(
        kind="repair", customer=lin, store=cast.store.pk, order=coat.pk, lines=[piece], holder="shop",
        actor=cast.zhou.pk, **told,
    ).pk  # fmt: skip


def desk(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee.user)
    return client


@pytest.fixture
def zhou(cast: Cast) -> Client:
    return desk(cast.zhou)


@pytest.fixture
def wu(cast: Cast) -> Client:
    return desk(cast.wu)

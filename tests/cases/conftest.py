"""Lin, her purchase, and cases she opens."""

from collections.abc import Callable
from typing import Any

import pytest

from clothier.cases import services
from clothier.cases.models import Case
from clothier.customers.services import register
from clothier.eventlog.deliveries import run_due
from tests.cast import Cast
from tests.checkout.shop import bought, goods


@pytest.fixture
def lin(cast: Cast) -> int:
    return register(name="林晓")


@pytest.fixture
def sale(cast: Cast, lin: int) -> Any:
    """Lin bought a coat in M and a scarf, paid in cash."""
    goods(cast.store.pk)
    return bought(cast.store.pk, "C2001-black-M".upper(), "A1001-BLACK-均码", actor=cast.zhou.pk, customer=lin).order


@pytest.fixture
def worker() -> Callable[[], None]:
    """The worker takes up everything that is owed, until nothing is."""

    def work() -> None:
        while run_due():
            pass

    return work


def opened(cast: Cast, **facts: Any) -> Case:
    """A complaint in Chen's hands, unless told otherwise."""
    told = {
        "kind": "complaint",
        "topic": "product",
        "severity": "moderate",
        "origin": "chat",
        "text": "毛衣洗一次就起球了",
    }
    return services.open_case(**{**told, "store": cast.store.pk, "actor": cast.chen.pk, **facts})

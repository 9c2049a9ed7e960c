"""Two customers, as numbers of their records."""

import pytest

from clothier.customers.services import register
from tests.cast import Cast


@pytest.fixture
def lin(cast: Cast) -> int:
    return register(name="林晓")


@pytest.fixture
def sun(lin: int) -> int:
    return register(name="孙悦")

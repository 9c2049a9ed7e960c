import pytest

from clothier.settlement.models import Till
from clothier.settlement.services import add_till
from tests.cast import Cast


@pytest.fixture
def till(cast: Cast) -> Till:
    return add_till(store=cast.store.pk, code="t1", name="一号台", actor=cast.wu.pk)

from collections.abc import Iterator

import pytest

from clothier.payments.contracts import statement_formats
from clothier.settlement.models import Till
from clothier.settlement.services import add_till
from tests.cast import Cast
from tests.settlement.books import connect


@pytest.fixture
def till(cast: Cast) -> Till:
    return add_till(store=cast.store.pk, code="t1", name="一号台", actor=cast.wu.pk)


@pytest.fixture
def trialpay() -> Iterator[None]:
    """The only provider whose files are known here."""
    known = dict(statement_formats)
    statement_formats.clear()
    connect()
    yield
    statement_formats.clear()
    statement_formats.update(known)

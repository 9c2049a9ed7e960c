"""One more associate, so that two thumbs can meet, and a log that can be read at a glance."""

from collections.abc import Callable

import pytest

from clothier.eventlog.models import Entry
from clothier.staff.models import Employee
from clothier.visits import services
from clothier.visits.models import Visit
from tests.cast import Cast

Log = Callable[[], list[str]]


@pytest.fixture
def qian(cast: Cast) -> Employee:
    return Employee.objects.create(number="e009", name="钱宁", role="associate", home_store=cast.store)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return services.arrive(store=cast.store.pk, actor=cast.zhou.pk)


@pytest.fixture
def log() -> Log:
    told = Entry.objects.exclude(type__startswith="promise.")
    return lambda: list(told.order_by("id").values_list("type", flat=True))

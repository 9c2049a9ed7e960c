"""A stylist on shift on Saturday, two customers, and four fitting rooms."""

from datetime import timedelta

import pytest

from clothier.customers.services import register
from clothier.staff.models import Employee, Shift
from clothier.visits.services.rooms import add_rooms
from tests.cast import Cast


@pytest.fixture
def stylist(cast: Cast, saturday) -> Employee:
    """Qian can style, from ten to six."""
    person = Employee.objects.create(
        number="e009", name="钱宁", role="associate", home_store=cast.store, skills=["styling"]
    )
    now = saturday.now()
    Shift.objects.create(employee=person, store=cast.store, starts_at=now, ends_at=now + timedelta(hours=8))
    return person


@pytest.fixture
def lin(cast: Cast) -> int:
    return register(name="林女士", store=cast.store.pk)


@pytest.fixture
def mei(cast: Cast) -> int:
    return register(name="梅女士", store=cast.store.pk)


@pytest.fixture
def rooms(cast: Cast) -> int:
    return add_rooms(store=cast.store.pk, zone=None, numbers=["1", "2", "3", "4"])

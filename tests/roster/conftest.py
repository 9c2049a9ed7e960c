"""A planner's week: Saturday 14 November 2026, ten in the morning, at the store on Nanjing Road."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from clothier.staff.contracts import ShiftPlan
from clothier.staff.models import Employee
from tests.cast import Cast

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 on the store's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def plan(cast: Cast, employee: Employee, start: datetime, end: datetime, *, post="associate", zone=None, store=None):
    return ShiftPlan(
        employee_id=employee.pk,
        store_id=(store or cast.store).pk,
        post=post,
        starts_at=start,
        ends_at=end,
        zone_id=zone.pk if zone else None,
    )


@pytest.fixture
def seat(cast: Cast) -> Callable[[Employee], Client]:
    """A browser in which somebody has signed in."""

    def sit(employee: Employee) -> Client:
        client = Client()
        client.force_login(employee.user)
        return client

    return sit


@pytest.fixture
def wu(cast: Cast, seat) -> Client:
    return seat(cast.wu)

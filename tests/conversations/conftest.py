"""A service desk: Chen is on shift as an agent for eight hours from Saturday morning; Ms Lin is a customer."""

from datetime import timedelta
from pathlib import Path

import pytest

from clothier.customers.contracts import Kind, NewIdentifier
from clothier.customers.services import register
from clothier.kernel import clock
from clothier.staff.models import Shift
from tests.cast import Cast


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def desk(cast: Cast) -> Cast:
    now = clock.now()
    Shift.objects.create(
        employee=cast.chen, store=cast.store, post=Shift.Post.AGENT, starts_at=now, ends_at=now + timedelta(hours=8)
    )
    return cast


@pytest.fixture
def lin(desk: Cast) -> int:
    phone = NewIdentifier(Kind.PHONE, "13800138000", verified=True)
    return register(name="林月", title="ms", identifiers=[phone], store=desk.store.pk)

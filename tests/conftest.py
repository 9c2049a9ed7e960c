"""Fixtures every test may use: the clock of a Saturday morning, and the cast."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from clothier.kernel import clock
from tests.cast import Cast, assemble

# 10:00 on Saturday 14 November 2026 in Shanghai: the stores have just opened.
SATURDAY = datetime(2026, 11, 14, 2, 0, tzinfo=UTC)


@pytest.fixture
def saturday() -> Iterator[clock.SimulatedClock]:
    with clock.simulated(SATURDAY) as simulated:
        yield simulated


@pytest.fixture
def cast(db: None, saturday: clock.SimulatedClock) -> Cast:
    return assemble()

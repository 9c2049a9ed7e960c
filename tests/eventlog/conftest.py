"""An event of the tests, and handlers that note what they saw."""

from typing import ClassVar

import pytest

from clothier.eventlog import contracts
from clothier.eventlog.contracts import Event, Happening


class LampLit(Event):
    type: ClassVar[str] = "test.lamp_lit"
    lamp_id: int


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids of the entries that the deferred handler test.seen was given; handlers declared here vanish afterwards."""
    ids: list[int] = []
    monkeypatch.setattr(contracts, "_deferred", {})
    monkeypatch.setattr(contracts, "_inline", [])

    @contracts.deferred("test.seen", LampLit.type)
    def note(entry: Happening) -> None:
        ids.append(entry.id)

    return ids

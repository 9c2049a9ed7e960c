"""Promises to draw, without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.conftest import SATURDAY


@dataclass(frozen=True)
class Sample:
    name: str
    state: str
    started_at: datetime
    due_at: datetime | None
    target_seconds: int
    elapsed_seconds: float
    closed_at: datetime | None = None


def sample(state: str = "running", *, target: int, elapsed: float, closed: bool = False) -> Sample:
    started = SATURDAY - timedelta(seconds=elapsed)
    due = started + timedelta(seconds=target)
    return Sample("迎宾", state, started, due, target, elapsed, SATURDAY if closed else None)

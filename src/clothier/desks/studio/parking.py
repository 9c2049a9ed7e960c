"""Deliveries that kept failing: what, why, and another try."""

from dataclasses import dataclass
from typing import Any

from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import count_parked, parked

PAGE = 30
MOST = 99


@dataclass(frozen=True, slots=True)
class Parked:
    """`reason` is the last line of the error, the one that says what went wrong."""

    id: int
    handler: str
    entry: Happening
    error: str
    reason: str


def count() -> str:
    """How many are parked, up to 99+: nobody needs the exact number of a flood."""
    found = count_parked(most=MOST + 1)
    return f"{MOST}+" if found > MOST else str(found)


def page(before: int | None) -> dict[str, Any]:
    rows = parked().filter(pk__lt=before) if before else parked()
    found = list(rows[: PAGE + 1])
    items = [Parked(row.pk, row.handler, row.entry, row.error, _reason(row.error)) for row in found[:PAGE]]
    more = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return {"items": items, "next": more}


def _reason(error: str) -> str:
    lines = [line for line in error.strip().splitlines() if line.strip()]
    return lines[-1] if lines else ""

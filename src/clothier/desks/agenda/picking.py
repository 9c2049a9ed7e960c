"""Whom something is for: found by name, number or phone, or named in the address."""

from dataclasses import dataclass
from typing import Any

from clothier.customers.selectors import faces, find
from clothier.kernel.access import Viewer
from clothier.kernel.refs import number

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Pick:
    """What was typed, whom it found, and who is chosen."""

    query: str
    hits: list[Any]
    chosen: int | None
    name: str


def pick(viewer: Viewer, query: str, chosen: str) -> Pick:
    typed, who = query.strip()[:60], number(chosen)
    face = faces(viewer, [who]).get(who) if who else None
    hits = find(viewer, typed, limit=SHOWN) if typed and face is None else []
    name = " ".join(filter(None, (face.name, face.title))) if face else ""
    return Pick(typed, hits, face.customer_id if face else None, name)

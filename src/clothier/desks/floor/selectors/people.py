"""Who stands before us: a known customer by name, or a party of so many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from clothier.bookings.selectors import appointments_today
from clothier.customers.selectors import faces as known_faces
from clothier.desks.shell.doors import Door
from clothier.kernel.access import Viewer

# Layers worth a badge before the first word, and its tone.
TONES = {"vip": "warn", "high_frequency": "good", "promising": "info", "dormant": ""}


class Named(Protocol):
    """What a card and a line of a list both know of a customer."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def layer(self) -> str: ...
    @property
    def layer_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Face:
    name: str
    badge: str = ""
    tone: str = ""
    known: bool = True

    @classmethod
    def unknown(cls, party_size: int) -> "Face":
        return cls(_("%(n)s 位客人") % {"n": party_size}, known=False)

    @classmethod
    def of(cls, known: "Named") -> "Face":
        badge = known.layer_name if known.layer in TONES else ""
        called = _("%(name)s %(title)s") % {"name": known.name, "title": known.title} if known.title else known.name
        return cls(called, badge, TONES.get(known.layer, ""))


def faces(viewer: Viewer, customer_ids: Iterable[int | None]) -> dict[int, Face]:
    """Known customers by id; the erased and unknown are missing."""
    return {pk: Face.of(face) for pk, face in known_faces(viewer, customer_ids).items()}


@dataclass(frozen=True, slots=True)
class Expected:
    """A customer with an appointment today who has not come yet."""

    appointment: int
    at: datetime
    purpose: str
    face: Face


def expected(viewer: Viewer, door: Door) -> list[Expected]:
    start, end = door.today()
    rows = appointments_today(viewer, store=door.id, start=start, end=end)
    known = faces(viewer, [row.customer_id for row in rows])
    return [Expected(row.pk, row.at, row.purpose, known.get(row.customer_id, Face.unknown(1))) for row in rows]

"""A shop as its simulated visitors find it: zones, rooms, who is on duty, and what hangs on the rails."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from clothier.catalog.selectors import carried
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import zones_for
from clothier.simulation.draws import pick
from clothier.staff.selectors import employees_for, on_floor
from clothier.visits.selectors import rooms_for, visits_for

# How long a look at the roster or the rails is believed.
FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Piece:
    """A variant that hangs in the shop."""

    sku: int
    style: int
    code: str
    name: str
    category: str
    price_fen: int
    cost_fen: int | None


@dataclass(slots=True)
class Shop:
    """One store. `humans` are people with a sign-in: the simulation never acts in their name."""

    id: int
    humans: frozenset[int]
    zones: dict[str, list[int]] = field(default_factory=dict)
    rooms: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    _rails: list[Piece] = field(default_factory=list)
    _duty: dict[str, list[int]] = field(default_factory=dict)
    _looked_at: datetime | None = None

    @classmethod
    def open(cls, store: int, *, humans: frozenset[int], members: int = 2000) -> "Shop":
        zones: dict[str, list[int]] = defaultdict(list)
        for pk, kind in zones_for(SYSTEM, store=store).order_by("id").values_list("pk", "kind"):
            zones[kind].append(pk)
        rooms = list(rooms_for(SYSTEM, store=store).values_list("pk", flat=True))
        return cls(store, humans, dict(zones), rooms, _regulars(store, members))

    def on_duty(self, post: str, rng: np.random.Generator) -> int | None:
        """Somebody of the post, of any other post when nobody holds it, or None in an empty shop."""
        self._look()
        people = self._duty.get(post) or [pk for others in self._duty.values() for pk in others]
        return int(pick(rng, people)) if people else None

    def pieces(self, rng: np.random.Generator, n: int) -> list[Piece]:
        """Up to n pieces of different styles that the shop has."""
        self._look()
        drawn = rng.permutation(len(self._rails))[: 4 * n].tolist()
        by_style = {self._rails[i].style: self._rails[i] for i in drawn}
        return list(by_style.values())[:n]

    def _look(self) -> None:
        now = clock.now()
        if self._looked_at and now - self._looked_at < FRESH:
            return
        self._looked_at = now
        self._rails = [Piece(*row) for row in carried(store=self.id)]
        self._duty = defaultdict(list)
        for shift in on_floor(store=self.id, at=now):
            if shift.employee_id not in self.humans:
                self._duty[shift.post].append(shift.employee_id)


def _regulars(store: int, limit: int) -> list[int]:
    """Known customers who came to this store of late."""
    seen = visits_for(SYSTEM).filter(store=store, customer_id__isnull=False).order_by("-arrived_at", "-id")
    latest = seen.values_list("customer_id", flat=True)[: 3 * limit]
    return [pk for pk in dict.fromkeys(latest) if pk is not None][:limit]


def people_who_sign_in() -> frozenset[int]:
    """Employees with an account: real people may be behind them."""
    return frozenset(employees_for(SYSTEM).filter(user__isnull=False).values_list("pk", flat=True))

"""One visit as the associate serves it: who it is, what was done, what comes next, and what helps."""

from dataclasses import dataclass
from typing import Any

from clothier.catalog.selectors import categories, styles
from clothier.customers.contracts import Card
from clothier.customers.selectors import card
from clothier.desks.floor.selectors.offers import Offer, offers
from clothier.desks.floor.selectors.people import Face
from clothier.desks.floor.selectors.pressing import RECORD, clocks_of
from clothier.desks.shell.doors import Door
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.money import Money
from clothier.standards.contracts import PromiseView
from clothier.visits.contracts import SceneToday, VisitView
from clothier.visits.selectors import rooms_for, scenes_today


@dataclass(frozen=True, slots=True)
class Serving:
    visit: VisitView
    face: Face
    card: Card | None
    clocks: list[PromiseView]
    offers: list[Offer]
    proposed: list[Any]
    categories: list[Any]
    rooms: list[Any]
    scenes: list[SceneToday]
    query: str

    @property
    def here(self) -> bool:
        return self.visit.left_at is None

    @property
    def record_due(self) -> bool:
        return any(promise.key == RECORD for promise in self.clocks)

    @property
    def seconds(self) -> float:
        """How long the visit lasted."""
        return ((self.visit.left_at or clock.now()) - self.visit.arrived_at).total_seconds()

    @property
    def tried(self) -> int:
        return sum(len(fitting.items) for fitting in self.visit.fittings)

    @property
    def kept(self) -> int:
        return sum(1 for fitting in self.visit.fittings for item in fitting.items if item.outcome == "kept")

    @property
    def category(self) -> str:
        code = self.visit.need.category if self.visit.need else ""
        return next((str(one) for one in self.categories if one.code == code), code)

    @property
    def need_words(self) -> str:
        need = self.visit.need
        if need is None:
            return ""
        budget = str(Money(need.budget_fen)) if need.budget_fen else ""
        said = (need.occasion_name, self.category, need.wearer_name, budget)
        return " · ".join(str(word) for word in said if word)


def serving_of(viewer: Viewer, door: Door, visit: VisitView, *, step: str, query: str = "") -> Serving:
    known = card(viewer, visit.customer_id) if visit.customer_id else None
    scenes = scenes_today(store=door.id) if step in ("approached", "proposed") else []
    shown = {style for step in visit.steps for style in step.style_ids}
    return Serving(
        visit=visit,
        face=_face(visit, known),
        card=known,
        clocks=clocks_of(viewer, visit.id),
        offers=offers(store=door.id, need=visit.need, card=known, scenes=scenes, query=query)
        if step == "proposed"
        else [],
        proposed=list(styles(withdrawn=True).filter(pk__in=shown)) if shown else [],
        categories=list(categories()) if step == "need_recorded" or visit.left_at else [],
        rooms=list(rooms_for(viewer, store=door.id)) if step == "fitting" else [],
        scenes=scenes,
        query=query,
    )


def _face(visit: VisitView, known: Card | None) -> Face:
    if known is None:
        return Face.unknown(visit.party_size)
    return Face.of(known)

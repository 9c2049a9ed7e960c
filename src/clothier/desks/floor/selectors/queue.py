"""What needs doing now in a store: calls first, then visitors by how soon a promise to them is due."""

from dataclasses import dataclass
from typing import Any

from clothier.catalog.selectors import skus
from clothier.desks.floor.selectors.people import Face, faces
from clothier.desks.floor.selectors.pressing import clocks, records_due
from clothier.desks.kiosk.selectors import screens_named
from clothier.desks.shell.doors import Door
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView
from clothier.visits.contracts import BellView, SceneToday, TaskView, VisitView
from clothier.visits.selectors import here, ringing, scenes_today, tasks_of_day


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visit with its face and the promise that presses most."""

    visit: VisitView
    face: Face
    promise: PromiseView | None
    mine: bool

    @property
    def presses(self) -> bool:
        return self.promise is not None and self.promise.state != "paused"

    @property
    def server(self) -> str:
        """Who is with the visitor."""
        return next((step.by_name for step in self.visit.steps if step.kind == "approached"), "")


@dataclass(frozen=True, slots=True)
class Call:
    """A ringing bell; `sku` is the piece it is about, `who` the customer where known, `screen` the kiosk's name."""

    bell: BellView
    promise: PromiseView | None
    who: str
    sku: Any
    screen: str


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A visit of the viewer's whose service record is still to be written; the promise started when it ended."""

    visit: int
    face: Face
    promise: PromiseView


@dataclass(frozen=True, slots=True)
class Board:
    """`now`: visitors nobody serves yet, and the viewer's own. `rest`: those whom colleagues serve."""

    calls: list[Call]
    now: list[Visitor]
    rest: list[Visitor]
    unwritten: list[Unwritten]
    tasks: list[TaskView]
    scenes: list[SceneToday]

    @property
    def open_tasks(self) -> list[TaskView]:
        return [task for task in self.tasks if task.done_at is None]

    @property
    def done_tasks(self) -> list[TaskView]:
        return [task for task in self.tasks if task.done_at is not None]


def board_of(viewer: Viewer, door: Door) -> Board:
    """Everything the first page shows of a store."""
    start, _end = door.today()
    visits = here(viewer, store=door.id)
    due = records_due(viewer, store=door.id)
    known = faces(viewer, [*(visit.customer_id for visit in visits), *(one.customer_id for one in due)])
    running = clocks(viewer, kind="visit", ids=[visit.id for visit in visits])
    pressing = {pk: found[0] for pk, found in running.items()}
    visitors = sorted((_visitor(viewer, visit, known, pressing) for visit in visits), key=_urgency)
    return Board(
        calls=_calls(viewer, door, visitors),
        now=[visitor for visitor in visitors if visitor.mine or not visitor.visit.served_by],
        rest=[visitor for visitor in visitors if not visitor.mine and visitor.visit.served_by],
        unwritten=[Unwritten(one.subject.id, known.get(one.customer_id or 0, Face.unknown(1)), one) for one in due],
        tasks=tasks_of_day(viewer, store=door.id, day=start.date()),
        scenes=scenes_today(store=door.id),
    )


def _visitor(viewer: Viewer, visit: VisitView, known: dict[int, Face], pressing: dict[int, PromiseView]) -> Visitor:
    face = known.get(visit.customer_id or 0, Face.unknown(visit.party_size))
    mine = viewer.employee is not None and visit.served_by == viewer.employee
    return Visitor(visit=visit, face=face, promise=pressing.get(visit.id), mine=mine)


def _calls(viewer: Viewer, door: Door, visitors: list[Visitor]) -> list[Call]:
    bells = ringing(viewer, store=door.id)
    if not bells:
        return []
    running = clocks(viewer, kind="bell", ids=[bell.id for bell in bells])
    pieces = skus(bell.sku_id for bell in bells if bell.sku_id)
    screens = screens_named(bell.place for bell in bells)
    names = {visitor.visit.id: visitor.face.name for visitor in visitors if visitor.face.known}
    return [
        Call(
            bell=bell,
            promise=next(iter(running.get(bell.id, [])), None),
            who=names.get(bell.visit_id or 0, ""),
            sku=pieces.get(bell.sku_id or 0),
            screen=screens.get(bell.place, ""),
        )
        for bell in bells
    ]


def _urgency(visitor: Visitor) -> tuple[bool, float, float]:
    """Who is owed something by when it is or was due, so the overdue stand first; then everybody else by how long
    nothing happened."""
    promise = visitor.promise
    owed = visitor.presses and promise is not None and promise.due_at is not None
    due = promise.due_at.timestamp() if promise and owed and promise.due_at else 0.0
    last = visitor.visit.last.at if visitor.visit.last else clock.now()
    return not owed, due, last.timestamp()
